import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import { demoPolicy } from '../../../test/hub/support/policy'
import { readLook } from '../../../test/observations/read-look'
import { createPolicyKey, signPolicy } from '../../provision/index'
import { verifyEd25519 } from '../policy/verify'
import { CourierLink } from './courier-link'
import { Desk } from './desk'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const person = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' }
const key = createPolicyKey()

/** A desk at work under a signed policy, on a clock that the test moves. */
function atWork(hubGraceMs: number, unheardMs: number | null = null) {
  let now = 0
  let seq = 0
  const sent: ToCourier[] = []
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => now, label: (at) => new Date(Date.UTC(2026, 5, 1) + at).toISOString() },
    hands: { blank: () => undefined, reveal: () => undefined, showSignIn: () => undefined },
    log: quiet,
    verify: verifyEd25519,
    policyChanged: () => undefined,
    openApplication: () => undefined,
    changed: () => undefined,
    lookAgain: () => undefined,
    restartSensor: () => undefined
  })
  const link = new CourierLink({ desk, post: (message) => sent.push(message) > 0, reopen: () => undefined })
  const hub = (state: 'reachable' | 'unreachable', problem = ''): void => {
    link.receive({ kind: 'hub', state, problem })
  }
  const ready: FromCourier = {
    kind: 'ready',
    device: 'b3f0c7a6-0000-4000-8000-0000000000aa',
    organisation: 'Demo Care',
    team: 'Claims',
    policyRoot: key.root,
    policy: signPolicy({ ...demoPolicy('Demo Care', 1), hubGraceMs }, key)
  }
  link.receive(ready)
  hub(unheardMs === null ? 'reachable' : 'unreachable')
  desk.camera({ state: 'live', label: 'Camera', width: 640, height: 480, fps: 30 })
  if (unheardMs === null) desk.signedIn(person)
  else desk.signedInOffline(person, unheardMs)
  /** Time goes by, with a look at the room at its end. */
  const pass = (ms: number): void => {
    now += ms
    desk.hubWatch.look()
    desk.scene.observe(readLook(seq))
    seq += 1
  }
  pass(100)
  const records = (): readonly unknown[] =>
    sent.flatMap((message) => (message.kind === 'record' ? [message.body] : []))
  const told = (): void => link.receive({ kind: 'offline-told' })
  return { desk, link, ready, sent, hub, pass, records, told }
}

describe('D13 a hub that is gone', () => {
  it('leaves a signed-in desk at work for exactly the grace of its policy, 0 to 24 h, and not a minute more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: DAY / MINUTE }), (minutes) => {
        const { desk, hub, pass } = atWork(minutes * MINUTE)
        hub('unreachable', 'ECONNREFUSED')
        pass(minutes * MINUTE)
        expect(desk.state.desk).toBe('shown')
        pass(1)
        expect(desk.state.desk).toBe('hidden')
        expect(desk.state.reasons.map(({ rule }) => rule)).toEqual(['hub-gone'])
      }),
      { numRuns: 40 }
    )
  })

  it('hides it once over a whole day of minutes, tells it once, and gives it back with the hub', () => {
    const { desk, hub, pass, records } = atWork(240 * MINUTE)
    hub('unreachable', 'ETIMEDOUT')
    const seen: string[] = []
    for (let minute = 0; minute < 24 * 60; minute += 1) {
      pass(MINUTE)
      if (seen.at(-1) !== desk.state.desk) seen.push(desk.state.desk)
      if (minute % 7 === 0) hub('unreachable', 'ETIMEDOUT')
    }
    expect(seen).toEqual(['shown', 'hidden'])
    const raised = records().filter((body) => JSON.stringify(body).includes('"rule":"hub-gone"'))
    // What happens meanwhile is handed to the courier, whose outbox keeps it until the hub is back.
    expect(raised).toHaveLength(1)
    hub('reachable')
    pass(100)
    expect(desk.state.desk).toBe('shown')
    expect(desk.state.person).toEqual(person)
  })

  it('counts for who signed in without it from when it was last heard, and is back once it took the session over', () => {
    const { desk, hub, pass, records, told } = atWork(60 * MINUTE, 50 * MINUTE)
    expect(desk.facts.offline).toBe(true)
    expect(JSON.stringify(records())).toContain('signed in without the hub')
    pass(9 * MINUTE)
    expect(desk.state.desk).toBe('shown')
    // It answers, and says nothing of the session: the time goes on.
    hub('reachable')
    pass(2 * MINUTE)
    expect(desk.state.reasons.map(({ rule }) => rule)).toEqual(['hub-gone'])
    told()
    pass(100)
    expect(desk.state.desk).toBe('shown')
    expect(desk.facts.offline).toBe(false)
  })

  it('ends no session that began without it by what a courier says of its own start', () => {
    const { desk, link, ready, hub, pass } = atWork(60 * MINUTE, 10 * MINUTE)
    link.gone()
    link.receive(ready)
    hub('unreachable', 'ECONNREFUSED')
    link.receive({ kind: 'cleared', what: 'device' })
    link.receive({ kind: 'cleared', what: 'attestation' })
    pass(49 * MINUTE)
    expect([desk.state.person, desk.state.desk, desk.facts.phase]).toEqual([person, 'shown', 'signed-in'])
    // What is cleared is not the hub's word on this session: the time without it goes on.
    pass(2 * MINUTE)
    expect(desk.state.reasons.map(({ rule }) => rule)).toEqual(['hub-gone'])
  })

  it('F8 ends a session that began without it once the workstation is not believed, and lets nobody in until it is', async () => {
    const { desk, link, sent, hub } = atWork(60 * MINUTE, 10 * MINUTE)
    hub('reachable')
    link.receive({ kind: 'refused', reason: 'attestation-refused', detail: 'Ask IT.' })
    expect([desk.state.person, desk.state.desk, desk.facts.phase]).toEqual([null, 'signed-out', 'refused'])
    expect(desk.facts.offline).toBe(false)
    expect(sent.at(-1)).toEqual({ kind: 'sign-out' })
    // Away again, it has not taken that back.
    hub('unreachable', 'ECONNREFUSED')
    expect(await link.signIn('ana@demo.example', 'x')).toEqual({ outcome: 'refused', reason: 'not-attested' })
    link.receive({ kind: 'cleared', what: 'attestation' })
    expect(desk.facts.phase).toBe('signed-out')
  })

  it('that is only busy (503) is away, and no denial: nobody is signed out', () => {
    const { desk, hub, pass } = atWork(60 * MINUTE)
    hub('unreachable', 'HTTP 503')
    pass(59 * MINUTE)
    expect(desk.state.person).toEqual(person)
    expect(desk.state.desk).toBe('shown')
    hub('reachable')
    pass(59 * MINUTE)
    // The next absence has the whole grace again.
    hub('unreachable', 'HTTP 503')
    pass(60 * MINUTE)
    expect(desk.state.desk).toBe('shown')
  })
})
