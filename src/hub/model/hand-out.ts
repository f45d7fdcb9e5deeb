import { z } from 'zod'
import type { ProofClaims } from '../../contract/wire/v1/device'
import { offeredModelSchema, type ModelPieceReply } from '../../contract/wire/v1/model'
import type { Flavour } from '../../core/flavour'
import type { ModelEnvelope } from '../../core/model/envelope'
import { ok } from '../../core/result'
import { acceptFlavour } from '../attestation/flavour'
import { acceptSequence, type WorkstationRow } from '../attestation/sequence'
import { refuse, type Outcome } from '../outcome'
import { modelEnvelope, modelPieceOf } from '../store/admin/model'
import type { Database, Queries } from '../store/open'
import { appendStream } from '../stream/append'

export interface HandOutSettings {
  readonly acceptFlavours: readonly Flavour[]
  readonly now: Date
}

const asked = z.object({ name: offeredModelSchema.shape.name, version: z.coerce.number().int().positive() })
const askedPiece = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  piece: z.coerce.number().int().min(0).max(4096)
})

/** Hands a device a signed manifest of its organisation. It is believed for its signature, not for us. */
export const modelFor = (
  db: Database,
  params: unknown,
  claims: ProofClaims,
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
  claims: ProofClaims,
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

function forDevice<T>(
  db: Database,
  claims: ProofClaims,
  settings: HandOutSettings,
  give: (tx: Queries, row: WorkstationRow) => Promise<Outcome<T>>
): Promise<Outcome<T>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, demo, newRun } = device.value
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], settings.now)
    const flavour = acceptFlavour(row.flavour, settings.acceptFlavours, demo)
    return flavour.ok ? give(tx, row) : flavour
  })
}
