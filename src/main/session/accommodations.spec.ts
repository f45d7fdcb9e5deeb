import { describe, expect, test } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { key as keyOfTest, signed as signedBy } from '../../../test/trust/repository'
import type { FromCourier } from '../../contract/helper/courier'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { Accommodation } from '../../core/accommodation/accommodation'
import type { Policy } from '../../core/policy/policy'
import { rootSchema, type Root, type RootEnvelope } from '../../core/trust/root'
import {
  createPolicyKey,
  draftRoot,
  signAccommodation,
  signPolicy,
  type PolicyKey
} from '../../provision/index'
import { verifyEd25519 } from '../policy/verify'
import { CourierLink } from './courier-link'
import { Desk } from './desk'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const key = createPolicyKey()
const ANA = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' }
const EMAIL = 'ana@demo.example'
const DAY = 86_400_000
const carer: Accommodation = {
  schema: 1,
  organisation: 'Demo Care',
  id: 'acc-014',
  version: 1,
  person: EMAIL,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2026-06-03T00:00:00.000Z',
  kind: 'carer',
  relaxes: { others: 1 },
  control: { responses: { phone: 'lock' } }
}

/** A desk where Ana works from the first of June 2026, under a policy that takes accommodations unless told otherwise. */
function atWork(
  more: Partial<Policy> = { accommodations: { revoked: [] } },
  root: RootEnvelope | null = null
) {
  let now = 0
  let wall = 0
  const records: RecordBody[] = []
  const changes: Policy[] = []
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => now, label: (at) => new Date(Date.UTC(2026, 5, 1) + wall + at).toISOString() },
    hands: { blank: () => undefined, reveal: () => undefined, showSignIn: () => undefined },
    log: quiet,
    verify: verifyEd25519,
    policyChanged: (policy) => changes.push(policy),
    openApplication: () => undefined,
    changed: () => undefined,
    lookAgain: () => undefined,
    restartSensor: () => undefined
  })
  const link = new CourierLink({
    desk,
    reopen: () => undefined,
    post: (message) => {
      if (message.kind === 'record') records.push(message.body)
      return true
    }
  })
  const policyOf = (version: number, change: Partial<Policy>) =>
    signPolicy({ ...demoPolicy('Demo Care', version), ...change }, key)
  const ready: FromCourier = {
    kind: 'ready',
    device: ANA.id,
    organisation: 'Demo Care',
    team: 'Claims',
    policyRoot: key.root,
    ...(root === null ? {} : { trust: { root, snapshot: null, timeSeen: 0 } }),
    policy: policyOf(1, more)
  }
  link.receive(ready)
  desk.signedIn(ANA, 'Ana@demo.example ')
  const others = () => desk.facts.policy?.rules['second-person'].others ?? 0
  const phone = () => desk.facts.policy?.rules.phone.response
  return {
    desk,
    changes,
    others,
    phone,
    hand: (...texts: string[]) => link.receive({ kind: 'accommodations', texts }),
    offer: (change: Partial<Policy>) => desk.offerPolicy(policyOf(2, change)),
    pass: (ms: number) => {
      now += ms
      if (desk.accommodations.changed()) desk.refreshPolicy()
    },
    setWall: (ms: number) => (wall += ms),
    events: () => records.flatMap((body) => (body.kind === 'event' ? [`${body.code} ${body.detail}`] : []))
  }
}
const signed = (change: object = {}, by = key): string =>
  JSON.stringify(signAccommodation({ ...carer, ...change }, by))

const byRootKey = (document: Parameters<typeof signedBy>[0]) => signedBy(document, [0])

describe('an accommodation at a desk', () => {
  test('counts for its person, with what makes up for it, and is recorded', () => {
    const scene = atWork()
    scene.hand(signed())
    expect([scene.others(), scene.phone()]).toEqual([1, 'lock'])
    expect(scene.events()).toEqual(['accommodation-used acc-014 1'])
    expect(scene.changes.at(-1)).toEqual(scene.desk.facts.policy)
  })

  test.each([
    ['signed by another key', () => signed({}, createPolicyKey()), 'not signed by the pinned key'],
    ['of another organisation', () => signed({ organisation: 'Other Care' }), 'for another organisation'],
    ['of another person', () => signed({ person: 'ben@demo.example' }), 'for another person'],
    ['without a control', () => signed({ control: {} }), 'unreadable: control'],
    [
      'with an end beyond a year',
      () => signed({ expiresAt: '2027-06-01T00:00:00.000Z' }),
      'unreadable: expiresAt'
    ],
    ['that is none', () => '{', 'unreadable'],
    [
      'that is a policy',
      () =>
        JSON.stringify({ ...signPolicy(demoPolicy('Demo Care', 1), key), type: 'havendesk-accommodation' }),
      'not signed by the pinned key'
    ]
  ])('%s changes nothing and is told', (_, text, why) => {
    const scene = atWork()
    scene.hand(text())
    expect([scene.others(), scene.phone()]).toEqual([0, 'blank'])
    expect(scene.events()).toEqual([`accommodation-refused ${why}`])
  })

  test('of several versions counts the newest alone, and one that begins as another ends counts from then on', () => {
    const scene = atWork()
    scene.hand(signed(), signed({ version: 2, control: { responses: { phone: 'blank' } } }))
    expect(scene.events()).toContain('accommodation-used acc-014 2')
    expect(scene.events()).not.toContain('accommodation-used acc-014 1')
  })

  test('that begins at the instant at which another ends takes its place then', () => {
    const scene = atWork()
    const instant = carer.expiresAt
    scene.hand(
      signed(),
      signed({
        id: 'acc-020',
        issuedAt: instant,
        expiresAt: '2026-07-01T00:00:00.000Z',
        relaxes: { others: 2 }
      })
    )
    expect(scene.others()).toBe(1)
    scene.pass(2 * DAY)
    expect(scene.others()).toBe(2)
    expect(scene.events().at(-1)).toBe('accommodation-used acc-020 1')
  })

  test('ends with its time, by the latest time that was seen, and with the session', () => {
    const scene = atWork()
    scene.hand(signed())
    scene.pass(DAY)
    expect(scene.others()).toBe(1)
    scene.setWall(-30 * DAY)
    scene.pass(DAY)
    expect([scene.others(), scene.phone()]).toEqual([0, 'blank'])
    const left = atWork()
    left.hand(signed())
    left.desk.signOut()
    expect(left.others()).toBe(0)
    left.desk.signedIn(ANA, EMAIL)
    expect(left.others()).toBe(0)
  })

  test('counts only where the policy takes any, and not once the policy revoked it', () => {
    const without = atWork({})
    without.hand(signed())
    expect(without.others()).toBe(0)
    expect(without.events()).toEqual(['accommodation-refused acc-014 1: the policy takes none'])
    const scene = atWork()
    scene.hand(signed())
    scene.offer({ accommodations: { revoked: ['acc-014'] } })
    expect([scene.others(), scene.phone()]).toEqual([0, 'blank'])
  })

  test('F8 an older version alone does not count where the policy names the least that does', () => {
    const scene = atWork({ accommodations: { revoked: [{ id: 'acc-014', below: 2 }] } })
    scene.hand(signed())
    expect(scene.others()).toBe(0)
    expect(scene.events()).toEqual(['accommodation-refused acc-014 1: the policy revoked it'])
    scene.hand(signed({ version: 2 }))
    expect(scene.others()).toBe(1)
  })

  test.each([
    ['for all', { locked: { rules: { 'second-person': { exitMs: 3000 } } } }],
    [
      'for the team',
      { teams: { Claims: { locked: { rules: { 'second-person': { response: 'lock' as const } } } } } }
    ]
  ])('does not relax what the policy locks %s, and is told', (_, locks) => {
    const scene = atWork({ accommodations: { revoked: [] }, ...locks })
    scene.hand(signed())
    expect([scene.others(), scene.phone()]).toEqual([0, 'blank'])
    expect(scene.events()).toEqual(['accommodation-refused acc-014 1: the policy locks second-person'])
    // Held all the same: it counts, and is recorded, once a policy lets it.
    const { locked } = { locked: undefined, ...locks }
    scene.offer({
      accommodations: { revoked: [] },
      ...(locked === undefined ? {} : { locked: { ...locked, accommodationsMayRelax: true } })
    })
    expect([scene.others(), scene.phone()]).toEqual([1, 'lock'])
    expect(scene.events().at(-1)).toBe('accommodation-used acc-014 1')
  })
})

test('F8 an accommodation ends with the trust in the key that signed it', () => {
  const issued = new Date(Date.UTC(2026, 4, 1))
  const draft = (before: Root | null, by: PolicyKey) =>
    draftRoot({
      organisation: 'Demo Care',
      before,
      validDays: 365,
      now: issued,
      roles: { root: { keys: [keyOfTest(0).root] }, policy: { keys: [by.root] } }
    })
  const first = draft(null, key)
  const opened = rootSchema.parse(JSON.parse(Buffer.from(first.payload, 'base64url').toString('utf8')))
  const scene = atWork(undefined, byRootKey(first) as RootEnvelope)
  scene.hand(signed())
  expect(scene.others()).toBe(1)
  scene.desk.offerTrust([byRootKey(draft(opened, createPolicyKey()))], null)
  expect([scene.others(), scene.phone()]).toEqual([0, 'blank'])
  expect(scene.events().at(-1)).toContain('accommodation-refused not signed')
})

describe('what a policy says of one person', () => {
  const BEN = { id: 'b3f0c7a6-0000-4000-8000-000000000002', name: 'Ben' }
  const people = {
    [EMAIL]: { rules: { phone: { response: 'lock' as const } } },
    'ben@demo.example': { rules: { phone: { response: 'log' as const } } }
  }

  test('F8 is for who typed their address at the desk, whomever the hub says that they are', () => {
    const scene = atWork({ people })
    expect(scene.phone()).toBe('lock')
    scene.desk.signOut()
    expect(scene.phone()).toBe('blank')
    scene.desk.signedIn(BEN, EMAIL)
    expect(scene.phone()).toBe('lock')
    scene.desk.signOut()
    scene.desk.signedIn(ANA, 'Ben@demo.example')
    expect(scene.phone()).toBe('log')
  })
})
