import type { z } from 'zod'
import {
  policyReplySchema,
  rootPath,
  rootReplySchema,
  SNAPSHOT_PATH,
  snapshotReplySchema
} from '../../../contract/wire/v1/device'
import { MAX_POLICY_BYTES, type PolicyEnvelope } from '../../../core/policy/envelope'
import { MAX_ROOT_BYTES, type RootEnvelope } from '../../../core/trust/root'
import { MAX_SNAPSHOT_BYTES, type SnapshotEnvelope } from '../../../core/trust/snapshot'
import type { HubClient } from '../hub/hub-client'

/** What came of asking the hub for a document. */
export type Fetched<T> =
  | { readonly kind: 'got'; readonly document: T }
  /** The hub says that there is none. */
  | { readonly kind: 'none' }
  /** The hub is away or busy: later. */
  | { readonly kind: 'later' }
  /** It answered as no hub does: too much, too slowly, something else. For the record. */
  | { readonly kind: 'odd'; readonly problem: string }

const LIMIT_MS = 5000
/** An envelope: its payload in base64, and room for signatures. */
const envelopeBytes = (payload: number): number => Math.ceil((payload * 4) / 3) + 16 * 1024

/** Asks the hub for what IT signed. Nothing of it is believed here. Each answer has a limit of bytes and of time. */
export class TrustFetcher {
  constructor(private readonly client: Pick<HubClient, 'call'>) {}

  root(version: number): Promise<Fetched<RootEnvelope>> {
    return this.ask(rootPath(version), rootReplySchema, MAX_ROOT_BYTES)
  }

  snapshot(): Promise<Fetched<SnapshotEnvelope>> {
    return this.ask(SNAPSHOT_PATH, snapshotReplySchema, MAX_SNAPSHOT_BYTES)
  }

  policy(): Promise<Fetched<PolicyEnvelope>> {
    return this.ask('/device/v1/policy', policyReplySchema, MAX_POLICY_BYTES)
  }

  private async ask<T>(path: string, reply: z.ZodType<T>, payload: number): Promise<Fetched<T>> {
    const maxBytes = envelopeBytes(payload)
    const answer = await this.client.call({
      path,
      reply,
      limitMs: LIMIT_MS,
      body: null,
      maxBytes,
      recordsOdd: true
    })
    switch (answer.kind) {
      case 'ok':
        return { kind: 'got', document: answer.value }
      case 'refused':
        return { kind: answer.error.code === 'not-found' ? 'none' : 'later' }
      case 'unreachable':
        return answer.odd ? { kind: 'odd', problem: answer.problem } : { kind: 'later' }
    }
  }
}
