import { z } from 'zod'
import { offeredModelSchema, type ModelPieceReply } from '../../contract/wire/v1/model'
import type { ModelEnvelope } from '../../core/model/envelope'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import { refuse, type Outcome } from '../outcome'
import { modelEnvelope, modelPieceOf } from '../store/admin/model'
import type { Database } from '../store/open'
import type { ProvenClaims } from '../attestation/proof'

const asked = z.object({ name: offeredModelSchema.shape.name, version: z.coerce.number().int().positive() })
const askedPiece = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  piece: z.coerce.number().int().min(0).max(4096)
})

/** Hands a device a signed manifest of its organisation. It is believed for its signature, not for us. */
export const modelFor = (
  db: Database,
  params: unknown,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<ModelEnvelope>> =>
  forDevice(db, claims, settings, async (tx, { organisationId }) => {
    const which = asked.safeParse(params)
    const found = which.success ? await modelEnvelope(tx, organisationId, which.data) : null
    return found === null ? refuse('not-found', 'This model is not handed out here.') : ok(found)
  })

/** Hands a device one piece of a model's file, of its own organisation's and of nobody else's. */
export const modelPieceFor = (
  db: Database,
  params: unknown,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<ModelPieceReply>> =>
  forDevice(db, claims, settings, async (tx, { organisationId }) => {
    const which = askedPiece.safeParse(params)
    const data = which.success
      ? await modelPieceOf(tx, organisationId, which.data.sha256, which.data.piece)
      : null
    return data === null
      ? refuse('not-found', 'There is no such piece of a model.')
      : ok({ v: 1, data: data.toString('base64') })
  })
