import { createHash } from 'node:crypto'
import { SoftPasskey } from '../../break-glass/passkey'
import { demoPolicy } from '../../hub/support/policy'
import { anyManifest } from '../../model/manifest'
import { key, signed } from '../repository'
import type { ModelManifest } from '../../../src/core/model/manifest'
import type { PolicyEnvelope } from '../../../src/core/policy/envelope'
import {
  documentOf,
  draftRoot,
  draftSnapshot,
  signModel,
  type SignedDocument
} from '../../../src/provision/index'

/** What IT signed in the scenes with a hub that was taken over, and what a thief would have signed. */
export const ORGANISATION = 'Frozen Care'
export const TEAM = 'Claims'
export const DAY = 86_400_000
export const GRACE = 3_600_000
export const now = new Date()
export const [rootKey, policyKeys, modelsKey, snapshotKey, thief] = [0, [1, 4], 2, 3, 9] as const
/** Who alone may grant an exception. */
const approver = new SoftPasskey()
export const modelBytes = Buffer.from('a graph')

const publicHalf = (index: number) => key(index).root
function rootDraft(version: number, organisation = ORGANISATION): SignedDocument {
  const first = draftRoot({
    organisation,
    before: null,
    validDays: 365,
    now,
    roles: {
      root: { keys: [publicHalf(rootKey)] },
      policy: { keys: policyKeys.map(publicHalf), threshold: 2 },
      models: { keys: [publicHalf(modelsKey)] },
      snapshot: { keys: [publicHalf(snapshotKey)] }
    }
  })
  const document = JSON.parse(Buffer.from(first.payload, 'base64url').toString('utf8')) as object
  return documentOf('havendesk-root', { ...document, version })
}
export const root = (version: number, signers: readonly number[] = [rootKey]) =>
  signed(rootDraft(version), signers)
export const policy = (
  version: number,
  signers: readonly number[] = policyKeys,
  organisation = ORGANISATION,
  more: object = {}
) =>
  signed(
    documentOf('havendesk-policy', {
      ...demoPolicy(organisation, version),
      hubGraceMs: GRACE,
      breakGlass: {
        approvers: [{ email: 'it@frozen.example', key: approver.key }],
        checks: ['firewall'],
        maxMinutes: 60
      },
      offlineSignIn: { maxHours: 1 },
      sensor: { maxGapMs: 3000, model: { name: 'desk-eyes', minVersion: 1, orBuiltIn: true } },
      ...more
    }),
    signers
  ) as PolicyEnvelope
export const manifest = (change: Partial<ModelManifest> = {}) =>
  anyManifest({
    organisation: ORGANISATION,
    files: [
      {
        path: 'model.json',
        bytes: modelBytes.length,
        sha256: createHash('sha256').update(modelBytes).digest('hex')
      }
    ],
    ...change
  })
export const model = (change: Partial<ModelManifest> = {}, by: number = modelsKey) =>
  signModel(manifest(change), key(by))
export const snapshot = (version: number, policyVersion: number, at = now, by: number = snapshotKey) =>
  signed(
    draftSnapshot({
      organisation: ORGANISATION,
      version,
      policy: policy(policyVersion),
      models: [model()],
      validDays: 7,
      now: at
    }),
    [by]
  )
