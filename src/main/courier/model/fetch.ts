import {
  MODEL_PIECE_BYTES,
  modelPath,
  modelPiecePath,
  modelPieceReplySchema,
  modelReplySchema,
  type OfferedModel
} from '../../../contract/wire/v1/model'
import { openModelEnvelope, type ModelEnvelope } from '../../../core/model/envelope'
import { isExpired, type ModelFile, type ModelManifest } from '../../../core/model/manifest'
import { refusalLabel } from '../../../core/trust/refusal'
import { err, ok, type Result } from '../../../core/result'
import { differenceFrom, type NamedDocument } from '../../../core/trust/snapshot'
import type { SigningRole } from '../../../core/trust/signed'
import { verifyEd25519 } from '../../policy/verify'
import type { HubClient } from '../hub/hub-client'
import type { ModelShelf } from './shelf'

const LIMIT_MS = 20_000

/** Under whose signatures models are taken. */
export interface ModelTrust {
  readonly role: SigningRole
  readonly organisation: string
  /** The latest time that was seen, milliseconds since 1970. */
  readonly now: number
  /** When root or snapshot end: nothing is newly taken after that. */
  readonly until: number
  /** What the snapshot names; null where the root has no role for snapshots. */
  readonly named: readonly (NamedDocument & { readonly name: string })[] | null
}

export interface FetchParts {
  readonly client: Pick<HubClient, 'call'>
  readonly shelf: ModelShelf
  readonly trust: ModelTrust
  /** What is trusted of a name already. */
  readonly trusted: (name: string) => { readonly version: number; readonly payload: string } | null
}

export interface FetchedModel {
  readonly manifest: ModelManifest
  readonly envelope: ModelEnvelope
}

export type FetchFailure =
  /** What the hub handed out is not IT's: a label for the record. */
  | { readonly kind: 'refused'; readonly problem: string }
  /** The hub or the disk does not answer: later. */
  | { readonly kind: 'later'; readonly problem: string }

/**
 * Gets a model that the hub offers: manifest first, and nothing of it unless the pinned root signed it for this
 * organisation, it is not expired and its version does not fall; then each file that is not here yet, by its hash.
 * Kept on disk when whole; a part of it is gone on with next time.
 */
export async function fetchOffered(
  parts: FetchParts,
  offered: OfferedModel
): Promise<Result<FetchedModel, FetchFailure>> {
  try {
    const found = await manifestOf(parts, offered)
    if (!found.ok) return found
    const { manifest, envelope } = found.value
    for (const file of manifest.files) {
      const got = await fetchFile(parts, file)
      if (!got.ok) return got
    }
    await parts.shelf.keep(manifest, envelope)
    return ok({ manifest, envelope })
  } catch (error) {
    return later(error instanceof Error ? error.message : 'the disk refused')
  }
}

async function manifestOf(
  { client, trust: { role, organisation, now, until, named }, trusted }: FetchParts,
  offered: OfferedModel
): Promise<Result<FetchedModel, FetchFailure>> {
  if (now >= until) return refused('the root or the snapshot expired')
  const answer = await client.call({
    path: modelPath(offered),
    reply: modelReplySchema,
    limitMs: LIMIT_MS,
    body: null
  })
  if (answer.kind === 'unreachable') return later(answer.problem)
  if (answer.kind === 'refused') return later(answer.error.message)
  const opened = openModelEnvelope(answer.value, role, organisation, trusted, verifyEd25519)
  if (!opened.ok) return refused(refusalLabel(opened.error))
  const { manifest } = opened.value
  if (manifest.name !== offered.name || manifest.version !== offered.version)
    return refused('another model than the one offered')
  const one = named?.find(({ name }) => name === manifest.name)
  const difference = one === undefined ? null : differenceFrom(one, manifest.version, answer.value.payload)
  if (difference !== null) return refused(`not what the snapshot names: ${difference}`)
  if (isExpired(manifest, now)) return refused(`expired on ${manifest.expiresAt}`)
  return ok({ manifest, envelope: answer.value })
}

/** Carries a failure out of the shelf's writing. */
class PieceFailed extends Error {
  constructor(readonly failure: FetchFailure) {
    super(failure.problem)
  }
}

async function fetchFile(
  { client, shelf }: FetchParts,
  file: ModelFile
): Promise<Result<null, FetchFailure>> {
  if (await shelf.holds(file)) return ok(null)
  try {
    const whole = await shelf.write(file, async (offset) => {
      const piece = Math.floor(offset / MODEL_PIECE_BYTES)
      const answer = await client.call({
        path: modelPiecePath(file.sha256, piece),
        reply: modelPieceReplySchema,
        limitMs: LIMIT_MS,
        body: null
      })
      if (answer.kind === 'unreachable') throw new PieceFailed({ kind: 'later', problem: answer.problem })
      if (answer.kind === 'refused') throw new PieceFailed({ kind: 'later', problem: answer.error.message })
      const bytes = Buffer.from(answer.value.data, 'base64')
      const from = piece * MODEL_PIECE_BYTES
      const expected = Math.min(MODEL_PIECE_BYTES, file.bytes - from)
      if (bytes.length !== expected)
        throw new PieceFailed({ kind: 'refused', problem: `${file.path}: a piece of another length` })
      return bytes.subarray(offset - from)
    })
    return whole ? ok(null) : refused(`${file.path}: not the bytes that were signed`)
  } catch (error) {
    if (error instanceof PieceFailed) return err(error.failure)
    throw error
  }
}

const later = (problem: string): Result<never, FetchFailure> => err({ kind: 'later', problem })
const refused = (problem: string): Result<never, FetchFailure> => err({ kind: 'refused', problem })
