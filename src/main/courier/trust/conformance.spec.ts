import { describe, expect, test } from 'vitest'
import { anyManifest } from '../../../../test/model/manifest'
import { TrustClient } from '../../../../test/trust/client'
import { DAY, key, keyName, Repository, signed, START } from '../../../../test/trust/repository'
import { openModelEnvelope } from '../../../core/model/envelope'
import { standingAt } from '../../../core/trust/standing'
import { documentOf } from '../../../provision/trust/document'
import { verifyEd25519 } from '../../policy/verify'

/**
 * F8: the cases of theupdateframework/tuf-conformance by their names, against the rounds that the courier goes. Our
 * snapshot does the work of TUF's snapshot and timestamp, our policy that of its targets; docs/trust.md says which cases
 * that leaves out and why.
 */
async function begun(): Promise<{ repository: Repository; client: TrustClient }> {
  const repository = Repository.begun()
  const client = new TrustClient(repository)
  await client.refresh()
  expect(client.versions).toEqual([1, 1, 1])
  return { repository, client }
}

describe('F8 test_basic', () => {
  test('F8 test_basic_refresh_requests', async () => {
    const { repository } = await begun()
    expect(repository.asked).toEqual(['root 2', 'snapshot', 'policy'])
  })

  test('F8 test_basic_refresh_trusted_data and test_metadata_bytes_match: kept as they came', async () => {
    const { repository, client } = await begun()
    expect(client.trust.root.envelope).toEqual(repository.anchor)
    expect(client.trust.snapshot?.envelope).toEqual(repository.currentSnapshot)
    expect(client.trust.policy?.envelope).toEqual(repository.currentPolicy)
    expect(client.kept.at(-1)).toEqual(client.trust)
  })

  test('F8 test_invalid_initial_root: nothing is asked', () => {
    const repository = Repository.begun()
    const document = { ...repository.rootDocument(), version: undefined }
    const anchor = signed(documentOf('havendesk-root', document), [0])
    expect(() => new TrustClient(repository, anchor)).toThrow('unreadable')
    expect(repository.asked).toEqual([])
  })

  test('F8 test_unsigned_initial_root: nothing is asked', () => {
    const repository = Repository.begun()
    const anchor = { ...repository.anchor, signatures: signed(repository.anchor, [5]).signatures.slice(-1) }
    expect(() => new TrustClient(repository, anchor)).toThrow('not-signed')
    expect(repository.asked).toEqual([])
  })

  test.each([
    ['root', [1, 1, 1], (to: Repository) => to.publishRoot({ signers: [5] })],
    ['snapshot', [1, 1, 1], (to: Repository) => to.publishSnapshot({ signers: [5] })],
    [
      'targets',
      [1, 2, 1],
      (to: Repository) => {
        to.publishPolicy({ signers: [5] })
        to.publishSnapshot()
      }
    ]
  ] as const)(
    'F8 test_unsigned_metadata %s: what comes before it is taken',
    async (_role, versions, bend) => {
      const { repository, client } = await begun()
      bend(repository)
      expect((await client.refresh()).problem).toContain('not signed')
      expect(client.versions).toEqual(versions)
    }
  )

  test('F8 test_url_and_metadata_version_mismatch root', async () => {
    const { repository, client } = await begun()
    repository.publishRoot({ version: 3 })
    expect((await client.refresh()).problem).toBe('root 2: root 3 does not follow root 1')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_url_and_metadata_version_mismatch targets', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy({ version: 3 })
    repository.publishSnapshot({ policyVersion: 2 })
    expect((await client.refresh()).problem).toContain('not what the snapshot names: version 2, not 3')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_timestamp_content_changes: the same version with other contents', async () => {
    const { repository, client } = await begun()
    const before = client.trust.snapshot
    repository.publishSnapshot({ version: 1, expiresAt: START + 30 * DAY })
    expect((await client.refresh()).problem).toContain('version 1 with other bytes')
    expect(client.trust.snapshot).toBe(before)
  })

  test('F8 test_basic_metadata_hash_support', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy()
    repository.publishSnapshot()
    expect(await client.refresh()).toMatchObject({ complete: true, problem: null })
    expect(client.versions).toEqual([1, 2, 2])
  })

  test('F8 test_targets_hash_mismatch (mix-and-match)', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy({ policy: { hubGraceMs: 1 } })
    repository.publishSnapshot()
    repository.publishPolicy({ version: 2, policy: { hubGraceMs: 2 } })
    expect((await client.refresh()).problem).toContain('another hash')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_custom_fields and test_deprecated_keyid_hash_algorithms: our documents are closed, so they are refused', async () => {
    const { repository, client } = await begun()
    repository.publishRoot({ more: { 'custom-field': 'value' } })
    expect((await client.refresh()).problem).toBe('root 2: unreadable: custom-field')
    repository.roots.pop()
    const keys = [{ ...key(0).root, type: 'ed25519', keyid_hash_algorithms: 'md5' }]
    repository.publishRoot({ version: 2, more: { keys } })
    expect((await client.refresh()).problem).toContain('root 2: unreadable: keys.0.keyid_hash_algorithms')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_snapshot_404 and test_timestamp_404: the policy is not even asked for', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy()
    repository.snapshot = { kind: 'none' }
    repository.asked.length = 0
    client.announced = 2
    expect((await client.refresh()).problem).toBe('snapshot: none is handed out')
    expect(repository.asked).toEqual(['root 2', 'snapshot'])
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_targets_404', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy()
    repository.publishSnapshot()
    repository.policy = { kind: 'none' }
    expect((await client.refresh()).problem).toBe('policy: none is handed out')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_incorrect_metadata_type: signed by every key there is, it stays what it is', async () => {
    const repository = Repository.begun({
      policy: { keys: [0], threshold: 1 },
      snapshot: { keys: [0], threshold: 1 }
    })
    const client = new TrustClient(repository)
    await client.refresh()
    const asSnapshot = { ...repository.rootDocument({ version: 2 }), type: 'snapshot' }
    const root = signed(documentOf('havendesk-root', asSnapshot), [0])
    repository.roots.push(root)
    expect((await client.refresh()).problem).toBe('root 2: unreadable: type')
    // A snapshot that calls itself a root, or a policy, has no signature of one.
    const snapshot = repository.publishSnapshot()
    repository.roots[1] = { ...snapshot, type: 'havendesk-root' }
    expect((await client.refresh()).problem).toContain('root 2: not signed')
    repository.roots.pop()
    repository.policy = { kind: 'got', document: { ...snapshot, type: 'havendesk-policy' } }
    client.announced = 2
    expect((await client.refresh()).problem).toContain('policy: not signed')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_faketime: time decides', async () => {
    const { repository, client } = await begun()
    repository.publishRoot({ expiresAt: START + 7 * DAY })
    expect((await client.refresh()).problem).toBeNull()
    client.now = START + 8 * DAY
    expect((await client.refresh()).problem).toContain('root 2 expired')
  })
})

describe('F8 test_expiration', () => {
  test('F8 test_root_expired: the root is taken, nothing under it', async () => {
    const { repository, client } = await begun()
    repository.publishRoot({ expiresAt: START - DAY })
    repository.publishPolicy()
    repository.publishSnapshot()
    expect((await client.refresh()).problem).toContain('root 2 expired')
    expect(client.versions).toEqual([2, 1, 1])
  })

  test('F8 test_timestamp_expired and test_snapshot_expired', async () => {
    const { repository, client } = await begun()
    repository.publishSnapshot({ expiresAt: START - 5 * 60_000 })
    expect((await client.refresh()).problem).toContain('snapshot: snapshot expired on 2026-05-31')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_targets_expired', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy({ expiresAt: START - 5 * DAY })
    repository.publishSnapshot()
    expect((await client.refresh()).problem).toContain('policy: policy expired')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_expired_local_root: the next one is followed', async () => {
    const { repository, client } = await begun()
    repository.publishRoot({ expiresAt: START + 7 * DAY })
    await client.refresh()
    repository.publishRoot({ expiresAt: START + 21 * DAY })
    repository.publishSnapshot({ expiresAt: START + 21 * DAY })
    client.now = START + 18 * DAY
    expect((await client.refresh()).problem).toBeNull()
    expect(client.versions).toEqual([3, 2, 1])
  })

  test('F8 test_expired_local_timestamp: a newer snapshot is taken', async () => {
    const { repository, client } = await begun()
    client.now = START + 18 * DAY
    expect((await client.refresh()).problem).toContain('snapshot expired')
    repository.publishPolicy()
    repository.publishSnapshot({ expiresAt: START + 21 * DAY })
    expect((await client.refresh()).problem).toBeNull()
    expect(client.versions).toEqual([1, 2, 2])
  })

  test('F8 indefinite freeze: a hub that withholds what is newer wins the policy’s grace, then the desk hides', async () => {
    const { repository, client } = await begun()
    const grace = client.trust.policy?.policy.hubGraceMs ?? 0
    const ends = START + 7 * DAY
    expect(standingAt(client.trust, ends - 1)).toEqual({ kind: 'current' })
    const lapsed = { kind: 'lapsed', why: 'snapshot-expired', since: ends }
    expect(standingAt(client.trust, ends)).toEqual({ ...lapsed, graceOver: false })
    expect(standingAt(client.trust, ends + grace)).toEqual({ ...lapsed, graceOver: false })
    expect(standingAt(client.trust, ends + grace + 1)).toEqual({ ...lapsed, graceOver: true })
    client.now = ends + grace + 1
    repository.publishSnapshot({ expiresAt: ends + 7 * DAY })
    await client.refresh()
    expect(standingAt(client.trust, client.now)).toEqual({ kind: 'current' })
  })
})

describe('F8 test_keys', () => {
  test('F8 test_snapshot_does_not_meet_threshold', async () => {
    const repository = Repository.begun({ snapshot: { keys: [3, 4, 5], threshold: 3 } })
    const client = new TrustClient(repository)
    await client.refresh()
    repository.publishSnapshot({ signers: [3, 5] })
    expect((await client.refresh()).problem).toContain('snapshot: not signed')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_snapshot_has_too_few_keys: such a root is no root', async () => {
    const { repository, client } = await begun()
    repository.roles = { ...repository.roles, snapshot: { keys: [3, 4, 5, 6, 7], threshold: 6 } }
    repository.publishRoot()
    repository.publishSnapshot()
    expect((await client.refresh()).problem).toBe('root 2: unreadable: roles.snapshot.threshold')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_duplicate_keys: a key named nine times is one key', async () => {
    const { repository, client } = await begun()
    const named = { keyIds: Array.from({ length: 8 }, () => key(3).root.keyId), threshold: 6 }
    const roles = { ...(repository.rootDocument() as { roles: object }).roles, snapshot: named }
    repository.publishRoot({ more: { roles } })
    expect((await client.refresh()).problem).toBe('root 2: unreadable: roles.snapshot.keyIds')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_duplicate_sig_keyids: a key that signs twice spoils the document', async () => {
    const { repository, client } = await begun()
    const snapshot = repository.publishSnapshot()
    const signatures = [...snapshot.signatures, ...snapshot.signatures]
    repository.snapshot = { kind: 'got', document: { ...snapshot, signatures } }
    expect((await client.refresh()).problem).toBe('snapshot: unreadable: signatures')
    expect(client.versions).toEqual([1, 1, 1])
  })

  test('F8 test_keytype_and_scheme ed25519: a second key that is needed, and a signature of it that is wrong', async () => {
    const { repository, client } = await begun()
    repository.roles.root = { keys: [0, 5], threshold: 2 }
    repository.publishRoot()
    await client.refresh()
    expect(client.versions[0]).toBe(2)
    const next = repository.publishRoot()
    const [first, second] = next.signatures
    const wrong = { keyId: second?.keyId ?? '', signature: first?.signature ?? '' }
    repository.roots[2] = { ...next, signatures: [first, wrong] as typeof next.signatures }
    expect((await client.refresh()).problem).toContain('root 3: not signed')
    expect(client.versions[0]).toBe(2)
  })

  test.each([
    ['rsa', 'rsa', key(5).root.publicKey],
    ['ecdsa', 'ecdsa-sha2-nistp256', key(5).root.publicKey],
    ['unknown', 'ed448', key(5).root.publicKey]
  ])(
    'F8 test_keytype_and_scheme %s: a root with another kind of key is refused',
    async (_name, type, publicKey) => {
      const { repository, client } = await begun()
      const keys = [
        ...(repository.rootDocument() as { keys: object[] }).keys,
        { type, publicKey, keyId: keyName(publicKey) }
      ]
      repository.publishRoot({ more: { keys } })
      expect((await client.refresh()).problem).toBe('root 2: unreadable: keys.4.type')
      expect(client.versions).toEqual([1, 1, 1])
    }
  )

  test('F8 a key under another key’s name is refused', async () => {
    const { repository, client } = await begun()
    const [first, ...others] = (repository.rootDocument() as { keys: object[] }).keys
    repository.publishRoot({ more: { keys: [{ ...first, publicKey: key(9).root.publicKey }, ...others] } })
    expect((await client.refresh()).problem).toBe('root 2: unreadable: keys.0.keyId')
  })

  test('F8 test_invalid_sig_in_valid_metadata: one good signature is enough, whatever stands beside it', async () => {
    const repository = Repository.begun({ snapshot: { keys: [3, 4], threshold: 1 } })
    const client = new TrustClient(repository)
    for (const signature of ['A'.repeat(86), '']) {
      const snapshot = repository.publishSnapshot({ signers: [3] })
      const beside = { keyId: key(4).root.keyId, signature }
      repository.snapshot = {
        kind: 'got',
        document: { ...snapshot, signatures: [beside, ...snapshot.signatures] }
      }
      expect((await client.refresh()).problem).toBeNull()
    }
    expect(client.versions).toEqual([1, 3, 1])
  })
})

describe('F8 test_rollback', () => {
  test('F8 test_new_timestamp_version_rollback and test_snapshot_rollback', async () => {
    const { repository, client } = await begun()
    const old = repository.currentSnapshot
    repository.publishSnapshot()
    await client.refresh()
    repository.snapshot = { kind: 'got', document: old }
    expect((await client.refresh()).problem).toBe('snapshot: rolled back from version 2 to 1')
    expect(client.versions).toEqual([1, 2, 1])
  })

  test('F8 test_targets_rollback: a newer snapshot may not name an older policy', async () => {
    const { repository, client } = await begun()
    const old = repository.policy
    repository.publishPolicy()
    repository.publishSnapshot()
    await client.refresh()
    repository.policy = old
    repository.publishSnapshot({ policyVersion: 1 })
    expect((await client.refresh()).problem).toBe('snapshot: rolled back from version 2 to 1')
    expect(client.versions).toEqual([1, 2, 2])
  })

  test('F8 test_targets_rollback without a snapshot: an older policy is refused by itself', async () => {
    const repository = new Repository()
    delete repository.roles.snapshot
    repository.publishRoot()
    const old = repository.publishPolicy()
    const client = new TrustClient(repository)
    await client.refresh()
    repository.publishPolicy()
    client.announced = 2
    await client.refresh()
    repository.policy = { kind: 'got', document: old }
    client.announced = 3
    expect((await client.refresh()).problem).toBe('policy: rolled back from version 2 to 1')
    expect(client.versions).toEqual([1, 0, 2])
  })

  test('F8 root rollback: a root that was trusted before is not one that follows', async () => {
    const { repository, client } = await begun()
    repository.publishRoot()
    await client.refresh()
    repository.roots[2] = repository.anchor
    expect((await client.refresh()).problem).toBe('root 3: rolled back from version 2 to 1')
    expect(client.versions).toEqual([2, 1, 1])
  })

  test('F8 test_targets_fast_forward_recovery: new keys for policies make the version count anew', async () => {
    const { repository, client } = await begun()
    repository.publishPolicy({ version: 1_000_000_000 })
    repository.publishSnapshot()
    await client.refresh()
    expect(client.versions).toEqual([1, 2, 1_000_000_000])
    // The keys for snapshots too: the thief's snapshot named the policy that ran ahead.
    repository.roles.policy = { keys: [6], threshold: 1 }
    repository.roles.snapshot = { keys: [7], threshold: 1 }
    repository.publishRoot()
    await client.refresh()
    // The last one stays in force, and out of date, until IT's next one comes.
    expect(client.versions).toEqual([2, 0, 1_000_000_000])
    expect(standingAt(client.trust, START)).toMatchObject({ kind: 'lapsed', since: START })
    repository.publishPolicy({ version: 2 })
    repository.publishSnapshot({ version: 1 })
    expect((await client.refresh()).problem).toBeNull()
    expect(client.versions).toEqual([2, 1, 2])
    expect(standingAt(client.trust, START)).toEqual({ kind: 'current' })
  })

  test('F8 test_new_snapshot_fast_forward_recovery and test_new_timestamp_fast_forward_recovery', async () => {
    const { repository, client } = await begun()
    repository.publishSnapshot({ version: 100 })
    await client.refresh()
    expect(client.versions).toEqual([1, 100, 1])
    repository.roles.snapshot = { keys: [6], threshold: 1 }
    repository.publishRoot()
    repository.publishSnapshot({ version: 1 })
    expect((await client.refresh()).problem).toBeNull()
    expect(client.versions).toEqual([2, 1, 1])
  })
})

interface RootCase {
  readonly keys: number[]
  readonly threshold: number
  readonly sigs: number[]
  readonly res?: false
}
const root = (keys: number[], threshold: number, sigs: number[], res?: false): RootCase =>
  res === undefined ? { keys, threshold, sigs } : { keys, threshold, sigs, res }
const five = [0, 1, 2, 3, 4]
const rotated = [0, 1, 3, 4, 5]

describe('F8 test_updater_key_rotations', () => {
  test.each<readonly [string, readonly RootCase[]]>([
    ['1-of-1-key-rotation', [root([1], 1, [1]), root([2], 1, [2, 1]), root([2], 1, [2])]],
    [
      '1-of-1-key-rotation-unused-signatures',
      [root([1], 1, [3, 1, 4]), root([2], 1, [3, 2, 1, 4]), root([2], 1, [3, 2, 4])]
    ],
    [
      '3-of-5-sign-with-different-keycombos',
      [root(five, 3, [0, 2, 4]), root(five, 3, [0, 4, 1]), root(five, 3, [0, 1, 3]), root(five, 3, [0, 1, 3])]
    ],
    ['3-of-5-one-key-rotated', [root(five, 3, [0, 2, 4]), root(rotated, 3, [0, 4, 1])]],
    [
      '3-of-5-one-key-rotated-with-intermediate-step',
      [root(five, 3, [0, 2, 4]), root(rotated, 3, [0, 2, 4, 5]), root(rotated, 3, [0, 4, 5])]
    ],
    [
      '3-of-5-all-keys-rotated-with-intermediate-step',
      [
        root(five, 3, [0, 2, 4]),
        root([5, 6, 7, 8, 9], 3, [0, 2, 4, 5, 6, 7]),
        root([5, 6, 7, 8, 9], 3, [5, 6, 7])
      ]
    ],
    ['1-of-3-threshold-increase-to-2-of-3', [root([1, 2, 3], 1, [1]), root([1, 2, 3], 2, [1, 2])]],
    [
      '2-of-3-threshold-decrease-to-1-of-3',
      [root([1, 2, 3], 2, [1, 2]), root([1, 2, 3], 1, [1, 2]), root([1, 2, 3], 1, [1])]
    ],
    ['1-of-2-threshold-increase-to-2-of-2', [root([1], 1, [1]), root([1, 2], 2, [1, 2])]],
    ['1-of-1-key-rotation-fail-not-signed-with-old-key', [root([1], 1, [1]), root([2], 1, [2, 3, 4], false)]],
    ['1-of-1-key-rotation-fail-not-signed-with-new-key', [root([1], 1, [1]), root([2], 1, [1, 3, 4], false)]],
    [
      '3-of-5-one-key-rotate-fails-not-signed-with-3-new-keys',
      [root(five, 3, [0, 2, 4]), root(rotated, 3, [0, 2, 4], false)]
    ],
    [
      '3-of-5-one-key-rotate-fails-not-signed-with-3-old-keys',
      [root(five, 3, [0, 2, 4]), root(rotated, 3, [0, 4, 5], false)]
    ],
    [
      '1-of-3-threshold-bump-to-2-of-3-fails-new-threshold-not-reached',
      [root([1, 2, 3], 1, [1]), root([1, 2, 3], 2, [2], false)]
    ],
    [
      '2-of-3-threshold-decr-to-1-of-3-fails-old-threshold-not-eached',
      [root([1, 2, 3], 2, [1, 2]), root([1, 2, 3], 1, [1], false)]
    ]
  ])('F8 test_root_rotation %s', async (_name, versions) => {
    const repository = new Repository()
    for (const { keys, threshold, sigs } of versions) {
      repository.roles.root = { keys, threshold }
      repository.publishRoot({ signers: sigs })
    }
    repository.publishPolicy()
    repository.publishSnapshot()
    const client = new TrustClient(repository)
    const end = await client.refresh()
    const isGood = versions.at(-1)?.res !== false
    expect(end.complete).toBe(isGood)
    if (!isGood) expect(end.problem).toContain('not signed')
    expect(client.trust.root.envelope).toEqual(repository.roots.at(isGood ? -1 : -2))
  })

  const cases: readonly (readonly [string, RootCase])[] = [
    ['1-of-1-key-rotation', root([2], 1, [2])],
    ['1-of-1-key-rotation-unused-signatures', root([1], 1, [3, 1, 4])],
    ['1-of-1-key-rotation-fail-not-signed-with-new-key', root([2], 1, [1, 3, 4], false)],
    ['3-of-5-one-key-signature-wrong-not-signed-with-3-expected-keys', root(rotated, 3, [0, 2, 4], false)],
    ['2-of-5-one-key-signature-mising-threshold-not-reached', root(rotated, 3, [0, 4], false)],
    ['3-of-5-sign-first-combo', root(five, 3, [0, 2, 4])],
    ['3-of-5-sign-second-combo', root(five, 3, [0, 4, 1])],
    ['3-of-5-sign-third-combo', root(five, 3, [0, 1, 3])],
    ['3-of-5-sign-fourth-combo', root(five, 3, [1, 2, 3])],
    ['3-of-5-sign-fifth-combo', root(five, 3, [2, 3, 4])]
  ]
  test.each(cases)('F8 test_non_root_rotations %s', async (_name, { keys, threshold, sigs, res }) => {
    for (const role of ['snapshot', 'policy'] as const) {
      const { repository, client } = await begun()
      repository.roles[role] = { keys, threshold }
      repository.publishRoot()
      repository.publishPolicy(role === 'policy' ? { signers: sigs } : {})
      repository.publishSnapshot(role === 'snapshot' ? { signers: sigs } : {})
      const end = await client.refresh()
      expect(end.complete).toBe(res !== false)
      const held = role === 'policy' ? client.versions[2] : client.versions[1]
      if (res !== false) expect(held).toBe(2)
      else expect(held).not.toBe(2)
    }
    const { repository, client } = await begun()
    repository.roles.models = { keys, threshold }
    repository.publishRoot()
    await client.refresh()
    const model = signed(documentOf('havendesk-model', anyManifest()), sigs)
    const role = client.trust.root.roles.models
    const opened = openModelEnvelope(model, role, 'Demo Care', () => null, verifyEd25519)
    expect(opened.ok).toBe(res !== false)
  })
})
