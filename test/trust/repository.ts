import type { ModelEnvelope } from '../../src/core/model/envelope'
import type { ModelManifest } from '../../src/core/model/manifest'
import type { PolicyEnvelope } from '../../src/core/policy/envelope'
import type { Policy } from '../../src/core/policy/policy'
import { fromBase64url } from '../../src/core/trust/base64url'
import { keyIdOf, type RootEnvelope } from '../../src/core/trust/root'
import { nameOf, type SnapshotEnvelope } from '../../src/core/trust/snapshot'
import type { Fetched } from '../../src/main/courier/trust/fetch'
import { createPolicyKey, signModel, type PolicyKey } from '../../src/provision/index'
import { documentOf, signDocument, type SignedDocument } from '../../src/provision/trust/document'
import { demoPolicy } from '../hub/support/policy'
import { anyManifest } from '../model/manifest'

export const ORGANISATION = 'Demo Care'
/** The instant at which a simulated repository begins. */
export const START = Date.parse('2026-06-01T00:00:00.000Z')
export const DAY = 86_400_000
const iso = (at: number): string => new Date(at).toISOString()

const pool = Array.from({ length: 10 }, () => createPolicyKey())
/** One of ten keys; making keys for each test costs more than the test. */
export const key = (index: number): PolicyKey => {
  const found = pool[index]
  if (found === undefined) throw new Error(`there are ten keys, not ${index + 1}`)
  return found
}

export interface Role {
  keys: number[]
  threshold: number
}
type Roles = Record<'root' | 'policy' | 'models', Role> & { snapshot?: Role }

const sign = <T extends SignedDocument>(document: T, signers: readonly number[]): T =>
  signers.reduce((signed, index) => signDocument(signed, key(index)), document)

/** Signs by these keys, as one holder after the other does. */
export const signed = sign

interface Change {
  readonly version?: number
  readonly signers?: readonly number[]
  readonly expiresAt?: number
  /** Fields that are otherwise than they should be. */
  readonly more?: object
}

/**
 * A repository in memory, after the simulator of tuf-conformance: what IT signed and a hub hands out, each test bending
 * a part of it. Key 0 is the root's, 1 the policy's, 2 the models', 3 the snapshot's.
 */
export class Repository {
  readonly asked: string[] = []
  readonly roots: RootEnvelope[] = []
  roles: Roles = {
    root: { keys: [0], threshold: 1 },
    policy: { keys: [1], threshold: 1 },
    models: { keys: [2], threshold: 1 },
    snapshot: { keys: [3], threshold: 1 }
  }
  snapshot: Fetched<SnapshotEnvelope> = { kind: 'none' }
  policy: Fetched<PolicyEnvelope> = { kind: 'none' }
  models: ModelEnvelope[] = []
  #rootVersion = 0
  #policyVersion = 0
  #snapshotVersion = 0

  /** Root, policy and snapshot, all of version 1. */
  static begun(roles: Partial<Roles> = {}): Repository {
    const repository = new Repository()
    Object.assign(repository.roles, roles)
    repository.publishRoot()
    repository.publishPolicy()
    if (repository.roles.snapshot !== undefined) repository.publishSnapshot()
    return repository
  }

  get anchor(): RootEnvelope {
    return this.#must(this.roots[0])
  }
  get currentPolicy(): PolicyEnvelope {
    if (this.policy.kind !== 'got') throw new Error('no policy is published')
    return this.policy.document
  }
  get currentSnapshot(): SnapshotEnvelope {
    if (this.snapshot.kind !== 'got') throw new Error('no snapshot is published')
    return this.snapshot.document
  }

  /** What a hub answers. */
  readonly fetcher = {
    root: (version: number): Promise<Fetched<RootEnvelope>> => {
      this.asked.push(`root ${version}`)
      const document = this.roots[version - 1]
      return Promise.resolve(document === undefined ? { kind: 'none' } : { kind: 'got', document })
    },
    snapshot: (): Promise<Fetched<SnapshotEnvelope>> => {
      this.asked.push('snapshot')
      return Promise.resolve(this.snapshot)
    },
    policy: (): Promise<Fetched<PolicyEnvelope>> => {
      this.asked.push('policy')
      return Promise.resolve(this.policy)
    }
  }

  rootDocument(change: Change = {}): object {
    const { expiresAt = START + 365 * DAY, more } = change
    const used = new Set(Object.values(this.roles).flatMap((role) => role.keys))
    const named = (role: Role) => ({
      keyIds: role.keys.map((index) => key(index).root.keyId),
      threshold: role.threshold
    })
    return {
      schema: 1,
      type: 'root',
      organisation: ORGANISATION,
      version: change.version ?? this.#rootVersion + 1,
      issuedAt: iso(Math.min(START, expiresAt - DAY)),
      expiresAt: iso(expiresAt),
      keys: [...used].map((index) => ({ ...key(index).root, type: 'ed25519' })),
      roles: Object.fromEntries(Object.entries(this.roles).map(([name, role]) => [name, named(role)])),
      ...more
    }
  }

  /** Publishes a root as the next of the chain. Signed by the keys of its own root role unless said otherwise. */
  publishRoot(change: Change = {}): RootEnvelope {
    const document = documentOf('havendesk-root', this.rootDocument(change))
    const envelope = sign(document, change.signers ?? this.roles.root.keys)
    this.#rootVersion = change.version ?? this.#rootVersion + 1
    this.roots.push(envelope)
    return envelope
  }

  publishPolicy(change: Change & { readonly policy?: Partial<Policy> } = {}): PolicyEnvelope {
    this.#policyVersion = change.version ?? this.#policyVersion + 1
    const document = documentOf('havendesk-policy', {
      ...demoPolicy(ORGANISATION, this.#policyVersion),
      expiresAt: iso(change.expiresAt ?? START + 90 * DAY),
      ...change.policy,
      ...change.more
    })
    const envelope = sign(document, change.signers ?? this.roles.policy.keys)
    this.policy = { kind: 'got', document: envelope }
    return envelope
  }

  publishModel(change: Partial<ModelManifest> = {}, by = this.roles.models.keys[0] ?? 2): ModelEnvelope {
    const envelope = signModel(anyManifest({ organisation: ORGANISATION, ...change }), key(by))
    this.models.push(envelope)
    return envelope
  }

  /** Names the policy and the models that are published now. */
  publishSnapshot(change: Change & { readonly policyVersion?: number } = {}): SnapshotEnvelope {
    this.#snapshotVersion = change.version ?? this.#snapshotVersion + 1
    const document = documentOf('havendesk-snapshot', {
      schema: 1,
      type: 'snapshot',
      organisation: ORGANISATION,
      version: this.#snapshotVersion,
      issuedAt: iso(START - DAY),
      expiresAt: iso(change.expiresAt ?? START + 7 * DAY),
      policy: nameOf(change.policyVersion ?? this.#policyVersion, payloadOf(this.currentPolicy)),
      models: this.models.map((model) => {
        const { name, version } = JSON.parse(Buffer.from(payloadOf(model)).toString('utf8')) as ModelManifest
        return { name, ...nameOf(version, payloadOf(model)) }
      }),
      ...change.more
    })
    const envelope = sign(document, change.signers ?? this.roles.snapshot?.keys ?? [3])
    this.snapshot = { kind: 'got', document: envelope }
    return envelope
  }

  #must<T>(value: T | undefined): T {
    if (value === undefined) throw new Error('nothing is published yet')
    return value
  }
}

const payloadOf = ({ payload }: { readonly payload: string }): Uint8Array => {
  const bytes = fromBase64url(payload)
  if (bytes === null) throw new Error('a payload that is not base64url')
  return bytes
}

/** The name that another kind of key would have. */
export const keyName = keyIdOf
