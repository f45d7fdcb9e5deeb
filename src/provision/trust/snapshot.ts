import { modelManifestSchema } from '../../core/model/manifest'
import { parsePolicy } from '../../core/policy/migrate'
import { fromBase64url } from '../../core/trust/base64url'
import { nameOf, snapshotSchema } from '../../core/trust/snapshot'
import { ProvisionError } from '../problem'
import { contentsOf, documentOf, kindOf, type SignedDocument } from './document'

export interface WantedSnapshot {
  readonly organisation: string
  readonly version: number
  /** The signed policy that is the newest. */
  readonly policy: SignedDocument
  /** The signed models that are the newest of their names. */
  readonly models: readonly SignedDocument[]
  readonly validDays: number
  readonly now: Date
}

/** Drafts a snapshot, unsigned: what of IT's documents is the newest, by exact bytes. */
export function draftSnapshot(
  wanted: WantedSnapshot
): SignedDocument & { readonly type: 'havendesk-snapshot' } {
  const { organisation, version, policy, models, now, validDays } = wanted
  const snapshot = snapshotSchema.safeParse({
    schema: 1,
    type: 'snapshot',
    organisation,
    version,
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + validDays * 86_400_000).toISOString(),
    policy: nameOf(policyIn(policy).version, bytesOf(policy)),
    models: models.map((model) => {
      const { name, version: number } = modelIn(model)
      return { name, ...nameOf(number, bytesOf(model)) }
    })
  })
  if (snapshot.success) return documentOf('havendesk-snapshot', snapshot.data)
  const issue = snapshot.error.issues[0]
  throw new ProvisionError(`${issue?.path.join('.') ?? 'The snapshot'}: ${issue?.message ?? 'unknown form'}.`)
}

function policyIn(document: SignedDocument): { readonly version: number } {
  const policy = kindOf(document) === 'policy' ? parsePolicy(contentsOf(document)) : null
  if (policy?.ok === true) return policy.value
  throw new ProvisionError('What --policy names is no signed policy. Do "havendesk policy sign" first.')
}

function modelIn(document: SignedDocument): { readonly name: string; readonly version: number } {
  const model = kindOf(document) === 'model' ? modelManifestSchema.safeParse(contentsOf(document)) : null
  if (model?.success === true) return model.data
  throw new ProvisionError('What --model names is no signed model. Do "havendesk model sign" first.')
}

const bytesOf = ({ payload }: SignedDocument): Uint8Array => fromBase64url(payload) ?? new Uint8Array()
