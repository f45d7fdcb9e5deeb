import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { CourierLink } from './courier-link'
import { catalogue } from '../../ui/messages/catalogue'
import { Desk } from './desk'
import { deskView } from './views'

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), for: () => log }
const person = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Demo Advocate 1' }
const policyOf = (more: object) =>
  ({
    v: 1,
    type: 'havendesk-policy',
    signatures: [{ keyId: 'a'.repeat(64), signature: 'A'.repeat(86) }],
    payload: Buffer.from(
      JSON.stringify({
        ...demoPolicy({ expiresAt: '2036-01-01T00:00:00Z', sensor: { maxGapMs: 2000 }, hubGraceMs: 1000 }),
        ...more
      })
    ).toString('base64url')
  }) as const
const policy = policyOf({})
const ready: FromCourier = {
  kind: 'ready',
  device: 'b3f0c7a6-0000-4000-8000-0000000000aa',
  organisation: 'Demo Care',
  team: 'Member Services',
  policyRoot: { keyId: 'a'.repeat(64), publicKey: 'A'.repeat(43) },
  policy: { ...policy, signatures: [...policy.signatures] }
}

const blocking: FromCourier = {
  ...ready,
  policy: policyOf({ checks: { tpm: { enforcement: 'block' } } }) as never
}

function setUp() {
  const posted: ToCourier[] = []
  const reopen = vi.fn()
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => 0, label: () => '2026-01-01T00:00:00.000Z' },
    hands: { blank: vi.fn(), reveal: vi.fn(), showSignIn: vi.fn() },
    log,
    verify: () => true,
    policyChanged: vi.fn(),
    openApplication: vi.fn(),
    changed: vi.fn(),
    lookAgain: vi.fn(),
    restartSensor: vi.fn()
  })
  desk.program.take({ kind: 'not-packaged' })
  const link = new CourierLink({ desk, reopen, post: (message) => posted.push(message) > 0 })
  const lastHandle = (): string =>
    posted.flatMap((message) => (message.kind === 'sign-in' ? [message.handle] : [])).at(-1) ?? ''
  return { desk, link, posted, reopen, lastHandle }
}

describe('CourierLink', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('takes no sign-in before there is a policy', async () => {
    const { link, posted } = setUp()
    expect(await link.signIn('a@b.c', 'x')).toEqual({ outcome: 'refused', reason: 'not-ready' })
    expect(posted).toEqual([])
  })

  it('takes no sign-in while a check that blocks does not pass, and one once it does', async () => {
    const { desk, link, posted } = setUp()
    link.receive(blocking)
    expect(await link.signIn('a@b.c', 'x')).toEqual({ outcome: 'refused', reason: 'device-unfit' })
    expect(desk.facts.steps.checks.state).toBe('working')
    const check = {
      id: 'tpm',
      area: 'device',
      evidence: 'no TPM',
      ageMs: 0,
      remedy: 'remedy.tpm.missing'
    } as const
    desk.checks([{ ...check, state: 'fail' }])
    expect(desk.facts.steps.checks).toMatchObject({ state: 'failed', remedy: 'remedy.tpm.missing' })
    expect(await link.signIn('a@b.c', 'x')).toEqual({ outcome: 'refused', reason: 'device-unfit' })
    const asked = () => posted.filter(({ kind }) => kind === 'sign-in')
    expect(asked()).toEqual([])
    desk.checks([{ ...check, state: 'pass', remedy: '' }])
    void link.signIn('a@b.c', 'x')
    expect(asked()).toHaveLength(1)
  })

  it('ticks every line again once a courier that died is replaced, with the policy that is in force', () => {
    const { desk, link } = setUp()
    const open = () =>
      (['keychain', 'hub', 'policy'] as const).filter((id) => desk.facts.steps[id].state !== 'done')
    const begin = () => {
      for (const step of ['keychain', 'hub', 'policy'] as const) link.receive({ kind: 'progress', step })
    }
    begin()
    link.receive(ready)
    expect(open()).toEqual([])
    link.receive({ kind: 'attestation', problem: 'the TPM does not answer' })
    link.gone()
    expect(open()).toContain('keychain')
    for (const handedOut of [ready, { ...ready, policy: null }]) {
      begin()
      expect(open()).toContain('policy')
      link.receive(handedOut)
      expect(open()).toEqual([])
      expect(desk.facts.unattestable).toBeNull()
    }
  })

  it('signs in with the answer to its own question alone', async () => {
    const { desk, link, lastHandle } = setUp()
    link.receive(ready)
    const answer = link.signIn('a@b.c', 'x')
    link.receive({ kind: 'signed-in', handle: 'another', session: person.id, person })
    expect(desk.state.person).toBeNull()
    link.receive({ kind: 'signed-in', handle: lastHandle(), session: person.id, person })
    expect(await answer).toEqual({ outcome: 'signed-in' })
    expect(desk.facts.phase).toBe('signed-in')
    expect(desk.state.desk).toBe('starting')
  })

  it('an answer that comes too late signs nobody in, and is taken back at the courier', async () => {
    const { desk, link, posted, lastHandle } = setUp()
    link.receive(ready)
    const answer = link.signIn('a@b.c', 'x')
    await vi.advanceTimersByTimeAsync(20_001)
    expect(await answer).toEqual({ outcome: 'refused', reason: 'hub-unreachable' })
    link.receive({ kind: 'signed-in', handle: lastHandle(), session: person.id, person })
    expect(desk.state.person).toBeNull()
    expect(posted.at(-1)).toEqual({ kind: 'sign-out' })
  })

  it('a courier that dies during the sign-in ends it', async () => {
    const { desk, link } = setUp()
    link.receive(ready)
    const answer = link.signIn('a@b.c', 'x')
    link.gone()
    expect(await answer).toEqual({ outcome: 'refused', reason: 'not-ready' })
    expect(desk.facts.phase).toBe('signed-out')
  })

  it.each(['gone', 'refused'] as const)(
    'a courier that is %s counts as a hub that is away, until one says otherwise',
    (how) => {
      const { desk, link } = setUp()
      link.receive(ready)
      link.receive({ kind: 'hub', state: 'reachable', problem: '' })
      if (how === 'gone') link.gone()
      else link.receive({ kind: 'refused', reason: 'outbox-unreadable', detail: '' })
      expect(desk.facts.hub.state).toBe('unreachable')
      link.receive({ kind: 'hub', state: 'reachable', problem: '' })
      expect(desk.facts.hub.state).toBe('reachable')
    }
  )

  it('hands each record over once per courier, however often it says that it is ready', () => {
    const { desk, link, posted } = setUp()
    desk.event('unclean-exit', 'before the courier was there')
    const records = (): number => posted.filter(({ kind }) => kind === 'record').length
    link.receive(ready)
    const first = records()
    link.receive(ready)
    expect(records()).toBe(first)
    link.gone()
    link.receive(ready)
    expect(records()).toBe(2 * first)
  })

  it.each([
    ['no-keychain', 1],
    ['not-enrolled', 1],
    ['enrolment-refused', 0],
    ['outbox-unreadable', 0]
  ] as const)('refused for %s: shown with its remedy, and looked for again or not', (reason, times) => {
    const { desk, link, reopen } = setUp()
    link.receive({ kind: 'refused', reason, detail: 'why' })
    expect(desk.facts.phase).toBe('refused')
    expect(Object.values(desk.facts.steps).filter(({ state }) => state === 'failed')).toMatchObject([
      { remedy: `remedy.${reason}`, detail: 'why' }
    ])
    vi.advanceTimersByTime(5001)
    expect(reopen).toHaveBeenCalledTimes(times)
  })

  it('a device that is revoked ends the session at once', async () => {
    const { desk, link, lastHandle } = setUp()
    link.receive(ready)
    const answer = link.signIn('a@b.c', 'x')
    link.receive({ kind: 'signed-in', handle: lastHandle(), session: person.id, person })
    await answer
    link.receive({ kind: 'refused', reason: 'revoked', detail: '' })
    expect(desk.state.desk).toBe('signed-out')
    expect(desk.facts.phase).toBe('refused')
  })

  describe('F8 while the workstation is not believed', () => {
    const refused: FromCourier = {
      kind: 'refused',
      reason: 'attestation-refused',
      detail: 'Ask IT.',
      label: 'the policy wants the key in a TPM'
    }

    it('a sign-in on its way comes to nothing, and its late answer is taken back', async () => {
      const { desk, link, posted, lastHandle } = setUp()
      link.receive(ready)
      const answer = link.signIn('a@b.c', 'x')
      link.receive(refused)
      expect(await answer).toEqual({ outcome: 'refused', reason: 'not-attested' })
      link.receive({ kind: 'signed-in', handle: lastHandle(), session: person.id, person })
      expect([desk.state.person, desk.facts.phase]).toEqual([null, 'refused'])
      expect(posted.at(-1)).toEqual({ kind: 'sign-out' })
    })

    it('nothing brings the form back but an attestation that is believed: no courier anew, no policy, no answer', async () => {
      const { desk, link, posted } = setUp()
      link.receive(ready)
      link.receive(refused)
      const nothings: readonly FromCourier[] = [
        ready,
        { kind: 'policy', policy: { ...policy, signatures: [...policy.signatures] } },
        { kind: 'hub', state: 'reachable', problem: '' },
        { kind: 'sign-in-refused', handle: 'none', reason: 'bad-credentials' },
        { kind: 'cleared', what: 'device' }
      ]
      for (const message of nothings) link.receive(message)
      link.gone()
      for (const message of nothings) link.receive(message)
      expect(desk.facts.phase).toBe('refused')
      expect(desk.facts.steps.hub).toMatchObject({ state: 'failed', remedy: 'remedy.attestation-refused' })
      expect(await link.signIn('a@b.c', 'x')).toEqual({ outcome: 'refused', reason: 'not-attested' })
      expect(posted.some(({ kind }) => kind === 'sign-in')).toBe(false)
      link.receive({ kind: 'cleared', what: 'attestation' })
      expect(desk.facts.phase).toBe('signed-out')
      expect(desk.facts.steps.hub.state).toBe('done')
    })

    it('a session ends, and the record says why in words that are no hub’s', async () => {
      const { desk, link, posted, lastHandle } = setUp()
      link.receive(ready)
      const answer = link.signIn('a@b.c', 'x')
      link.receive({ kind: 'signed-in', handle: lastHandle(), session: person.id, person })
      await answer
      link.receive(refused)
      expect([desk.state.desk, desk.facts.phase]).toEqual(['signed-out', 'refused'])
      const events = posted.flatMap((one) =>
        one.kind === 'record' && one.body.kind === 'event' ? [one.body] : []
      )
      expect(events).toMatchObject([
        { code: 'attestation-failed', detail: 'the policy wants the key in a TPM' }
      ])
    })

    it('a device that is taken back, but not believed, stays out', () => {
      const { desk, link } = setUp()
      link.receive(ready)
      link.receive({ kind: 'refused', reason: 'quarantined', detail: '' })
      link.receive(refused)
      link.receive({ kind: 'cleared', what: 'device' })
      expect(desk.facts.phase).toBe('refused')
      link.receive({ kind: 'cleared', what: 'attestation' })
      expect(desk.facts.phase).toBe('signed-out')
    })
  })

  it('a hub that refused this build, and takes it again, lets people sign in', () => {
    const { desk, link } = setUp()
    link.receive(ready)
    link.receive({ kind: 'refused', reason: 'enrolment-refused', detail: '' })
    expect(desk.facts.phase).toBe('refused')
    link.receive({ kind: 'cleared', what: 'device' })
    expect(desk.facts.phase).toBe('signed-out')
  })

  describe('by the hub’s book', () => {
    async function signedIn() {
      const at = setUp()
      at.link.receive(ready)
      const answer = at.link.signIn('a@b.c', 'x')
      at.link.receive({ kind: 'signed-in', handle: at.lastHandle(), session: person.id, person })
      await answer
      return at
    }
    const other = 'b3f0c7a6-0000-4000-8000-000000000002'

    it.each([null, other])(
      'a session that is over there (%s) is over here, and the person is told',
      async (who) => {
        const { desk, link, posted } = await signedIn()
        link.receive({ kind: 'session', person: who })
        expect(desk.state.desk).toBe('signed-out')
        expect(desk.facts).toMatchObject({ phase: 'signed-out', notice: 'session-ended' })
        expect(posted.at(-1)).toEqual({ kind: 'sign-out' })
        void link.signIn('a@b.c', 'x')
        link.receive({
          kind: 'signed-in',
          handle: posted.flatMap((one) => (one.kind === 'sign-in' ? [one.handle] : [])).at(-1) ?? '',
          session: person.id,
          person
        })
        expect(desk.facts.notice).toBeNull()
      }
    )

    it('a session that stands goes on, and nobody is signed in by it', async () => {
      const { desk, link } = await signedIn()
      link.receive({ kind: 'session', person: person.id })
      expect(desk.state.person).toEqual(person)
      const empty = setUp()
      empty.link.receive(ready)
      empty.link.receive({ kind: 'session', person: person.id })
      expect(empty.desk.state.person).toBeNull()
    })
  })

  it('a machine that cannot attest is told to IT, the board and the person, until it can', () => {
    const { desk, link, posted } = setUp()
    link.receive(ready)
    link.receive({ kind: 'attestation', problem: 'the TPM does not answer' })
    expect(posted.at(-1)).toMatchObject({
      kind: 'record',
      body: { kind: 'event', code: 'attestation-failed', detail: 'the TPM does not answer' }
    })
    expect(deskView(desk).checks).toContainEqual(
      expect.objectContaining({ id: 'attestation', area: 'device', state: 'error' })
    )
    expect(desk.facts.steps.hub).toMatchObject({ state: 'failed', remedy: 'remedy.attestation-failed' })
    expect(catalogue).toHaveProperty(['remedy.attestation-failed'])
    link.receive({ kind: 'attestation', problem: null })
    expect(deskView(desk).checks.map(({ id }) => id)).not.toContain('attestation')
    expect(desk.facts.steps.hub.state).toBe('done')
  })

  it('what no hub does is a record, also before there is an enrolment', () => {
    const { link, posted } = setUp()
    link.receive({ kind: 'progress', step: 'hub' })
    link.receive({ kind: 'hub-odd', problem: 'enrol: HTTP 302' })
    expect(posted).toMatchObject([{ kind: 'record', body: { code: 'hub-odd', detail: 'enrol: HTTP 302' } }])
  })
})
