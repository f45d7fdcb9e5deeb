import { describe, expect, test } from 'vitest'
import { SoftPasskey, goodGrant } from '../../../test/break-glass/passkey'
import { demoPolicy } from '../../../test/hub/support/policy'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { RecordBody } from '../../contract/wire/v1/device'
import { createPolicyKey, signPolicy } from '../../provision/index'
import type { BreakGlassPolicy } from '../../core/policy/break-glass'
import type { Policy } from '../../core/policy/policy'
import { verifyEd25519 } from '../policy/verify'
import { CourierLink } from './courier-link'
import { Desk } from './desk'
import { blankView, deskView, shellView } from './views'

const MINUTE = 60_000
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const key = createPolicyKey()
const passkey = new SoftPasskey()
const APPROVER = goodGrant.approver
const ADVOCATE = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' }

const checks = {
  firewall: { enforcement: 'block', maxAgeMs: 86_400_000 },
  antivirus: { enforcement: 'block', maxAgeMs: 86_400_000 }
} as const
const breakGlass: BreakGlassPolicy = {
  approvers: [{ email: APPROVER, key: passkey.key }],
  checks: ['firewall', 'antivirus'],
  maxMinutes: 60
}
const policyOf = (version: number, more: Partial<Policy> = {}): Policy => {
  const base = demoPolicy('Demo Care', version)
  const rules = { ...base.checks, ...checks } as Policy['checks']
  return { ...base, checks: rules, breakGlass, ...more }
}

/** A desk whose firewall and anti-virus fail, on clocks that the test moves; its disk writes when it is told to. */
function failing() {
  let now = 0
  let wall = Date.UTC(2026, 5, 1)
  let disk = true
  const unwritten: string[] = []
  const sent: ToCourier[] = []
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => now, label: (at) => new Date(wall + at - now).toISOString() },
    hands: { blank: () => undefined, reveal: () => undefined, showSignIn: () => undefined },
    log: quiet,
    verify: verifyEd25519,
    policyChanged: () => undefined,
    openApplication: () => undefined,
    changed: () => undefined,
    lookAgain: () => undefined,
    breakGlassWaits: (waiting) => sent.push({ kind: 'break-glass', waiting }),
    restartSensor: () => undefined
  })
  const write = (handle: string): void => link.receive({ kind: 'recorded', handle, seq: 0 })
  const link = new CourierLink({
    desk,
    reopen: () => undefined,
    post: (message) => {
      sent.push(message)
      if (message.kind === 'record') {
        if (disk) queueMicrotask(() => write(message.handle))
        else unwritten.push(message.handle)
      }
      return true
    }
  })
  desk.program.take({ kind: 'not-packaged' })
  const ready: FromCourier = {
    kind: 'ready',
    device: goodGrant.device,
    organisation: 'Demo Care',
    team: 'Claims',
    policyRoot: key.root,
    policy: signPolicy(policyOf(1), key)
  }
  link.receive(ready)
  const fails = (id: 'firewall' | 'antivirus') =>
    ({ id, area: 'network', state: 'fail', evidence: 'off', ageMs: 0, remedy: '' }) as const
  const answer = (): void => desk.checks([fails('firewall'), { ...fails('antivirus'), state: 'pass' }])
  answer()
  const records = (): readonly RecordBody[] =>
    sent.flatMap((message) => (message.kind === 'record' ? [message.body] : []))
  const stages = (): readonly string[] =>
    records().flatMap((body) =>
      body.kind === 'break-glass'
        ? [`${body.change.stage}${'why' in body.change ? ` ${body.change.why}` : ''}`]
        : []
    )
  const alerts = (): readonly string[] =>
    records().flatMap((body) =>
      body.kind === 'alert-raised'
        ? [`${body.alert.rule} ${body.alert.severity}`]
        : body.kind === 'alert-ended'
          ? ['end']
          : []
    )
  const asked = () => {
    const found = records().flatMap((body) =>
      body.kind === 'break-glass' && body.change.stage === 'asked' ? [body.change] : []
    )
    const last = found.at(-1)
    if (last === undefined) throw new Error('nothing was asked')
    return last
  }
  /** A good grant for what was asked last. */
  const grant = (change: object = {}, by = passkey): string => {
    const { request, nonce, person, check } = asked()
    return by.grant({ ...goodGrant, request, nonce, person, check, ...change })
  }
  const hear = async (text: string | null, outcome: 'granted' | 'declined' = 'granted'): Promise<void> => {
    link.receive({ kind: 'break-glass', answers: [{ request: asked().request, outcome, grant: text }] })
    await settle()
  }
  const settle = async (): Promise<void> => {
    await Promise.resolve()
    desk.breakGlass.look()
    desk.posture.look()
  }
  return {
    desk,
    link,
    sent,
    records,
    stages,
    alerts,
    asked,
    grant,
    hear,
    settle,
    fails,
    pass: async (ms: number) => {
      now += ms
      wall += ms
      await settle()
      // So long a pause is a sleep, after which every check is asked again.
      answer()
    },
    setWall: async (by: number) => {
      wall += by
      await settle()
    },
    stopDisk: () => (disk = false),
    startDisk: async () => {
      disk = true
      unwritten.splice(0).forEach(write)
      await settle()
    },
    offer: async (policy: Policy) => {
      desk.offerPolicy(signPolicy(policy, key))
      await settle()
    }
  }
}
type Scene = ReturnType<typeof failing>

const ask = (scene: Scene): void => scene.desk.askException('firewall', 'cannot-mend-now')
async function granted(minutes = 30): Promise<Scene> {
  const scene = failing()
  ask(scene)
  await scene.hear(scene.grant({ minutes }))
  return scene
}

describe('G5 break-glass at a desk', () => {
  test('G5 waives exactly the check that was granted, for exactly its time, and tells every stage', async () => {
    const scene = failing()
    expect(scene.desk.isUnfit).toBe(true)
    ask(scene)
    expect(scene.desk.isUnfit).toBe(true)
    expect(scene.sent).toContainEqual({ kind: 'break-glass', waiting: true })
    await scene.hear(scene.grant())
    expect(scene.desk.isUnfit).toBe(false)
    await scene.pass(30 * MINUTE - 1)
    expect(scene.desk.isUnfit).toBe(false)
    await scene.pass(1)
    expect(scene.desk.isUnfit).toBe(true)
    expect(scene.stages()).toEqual(['asked', 'used', 'ended time-over'])
    expect(scene.alerts()).toEqual(['break-glass-asked act', 'end', 'break-glass-used act', 'end'])
  })

  test('G5 leaves every other check as it is', async () => {
    const scene = await granted()
    scene.desk.checks([scene.fails('antivirus')])
    expect(scene.desk.isUnfit).toBe(true)
    const words = Object.fromEntries(
      scene.desk.posture.standings.map(({ id, enforcement }) => [id, enforcement])
    )
    expect(words).toMatchObject({ firewall: 'report', antivirus: 'block' })
  })

  test('G5 shows the person what holds, until when and by whom', async () => {
    const scene = failing()
    const shell = () =>
      shellView({
        state: scene.desk.state,
        facts: scene.desk.facts,
        clock: { now: () => 0, label: (at) => new Date(at).toISOString() },
        isWritten: () => true
      }).breakGlass
    expect(shell()).toEqual({ waivable: ['firewall', 'antivirus'], now: { stage: 'none' } })
    ask(scene)
    expect(shell()?.now).toMatchObject({ stage: 'asked', check: 'firewall' })
    await scene.hear(scene.grant())
    expect(shell()?.now).toEqual({
      stage: 'running',
      check: 'firewall',
      approver: APPROVER,
      until: '2026-06-01T00:30:00.000Z'
    })
    expect(deskView(scene.desk).reasons).toEqual(['break-glass-used'])
    await scene.pass(31 * MINUTE)
    expect(deskView(scene.desk).reasons).toEqual([])
    expect(shell()?.now).toEqual({ stage: 'over', check: 'firewall', why: 'time-over' })
  })

  test('G5 counts only once its record is on the disk', async () => {
    const scene = failing()
    ask(scene)
    scene.stopDisk()
    await scene.hear(scene.grant())
    await scene.pass(MINUTE)
    expect(scene.desk.isUnfit).toBe(true)
    await scene.startDisk()
    expect(scene.desk.isUnfit).toBe(false)
  })

  test('G5 a grant whose record the disk does not take in the time of the request counts for nothing, then or later', async () => {
    const scene = failing()
    ask(scene)
    scene.stopDisk()
    await scene.hear(scene.grant())
    await scene.pass(31 * MINUTE)
    expect(scene.stages().at(-1)).toBe('closed not-answered')
    await scene.startDisk()
    expect(scene.desk.isUnfit).toBe(true)
    expect(scene.desk.breakGlass.isWaiting).toBe(false)
  })

  test('G5 a clock that is set back does not lengthen it, one that is set on ends it', async () => {
    const back = await granted()
    await back.setWall(-5 * 60 * MINUTE)
    await back.pass(30 * MINUTE)
    expect(back.desk.isUnfit).toBe(true)
    const on = await granted()
    await on.setWall(31 * MINUTE)
    expect(on.desk.isUnfit).toBe(true)
  })

  test('G5 a replayed grant does nothing: not after its end, not for the next request, not in another run', async () => {
    const scene = await granted(5)
    const old = scene.grant({ minutes: 5 })
    await scene.pass(5 * MINUTE)
    await scene.hear(old)
    expect(scene.desk.isUnfit).toBe(true)
    ask(scene)
    await scene.hear(old)
    expect(scene.stages().at(-1)).toBe('refused other-request')
    expect(scene.desk.isUnfit).toBe(true)
    const next = failing()
    next.link.receive({
      kind: 'break-glass',
      answers: [{ request: scene.asked().request, outcome: 'granted', grant: old }]
    })
    await next.settle()
    expect(next.desk.isUnfit).toBe(true)
    expect(next.stages()).toEqual([])
  })

  test.each([
    ['another desk’s', { device: ADVOCATE.id }, 'other-desk'],
    ['another check’s', { check: 'antivirus' }, 'other-check'],
    ['one for more than an hour', { minutes: 61 }, 'unreadable'],
    ['one by nobody the policy names', { approver: 'boss@demo.example' }, 'not-an-approver']
  ])('G5 %s grant is refused, told, and closes the request', async (_, change, why) => {
    const scene = failing()
    ask(scene)
    await scene.hear(scene.grant(change))
    expect(scene.stages()).toEqual(['asked', `refused ${why}`])
    await scene.hear(scene.grant())
    expect(scene.desk.isUnfit).toBe(true)
  })

  test('G5 a grant by another key than the policy’s is refused, whoever’s name it bears', async () => {
    const scene = failing()
    ask(scene)
    await scene.hear(scene.grant({}, new SoftPasskey()))
    expect(scene.stages()).toEqual(['asked', 'refused not-signed'])
    expect(scene.desk.isUnfit).toBe(true)
  })

  test('G5 the approver who then signs in at that desk ends their own grant', async () => {
    const scene = await granted()
    scene.desk.signedIn(ADVOCATE, `  ${APPROVER.toUpperCase()} `)
    await scene.settle()
    expect(scene.stages().at(-1)).toBe('ended same-person')
    expect(scene.desk.isUnfit).toBe(true)
  })

  test('G5 the one who is at the desk grants themselves nothing', async () => {
    const scene = failing()
    scene.desk.signedIn(ADVOCATE, APPROVER)
    ask(scene)
    await scene.hear(scene.grant())
    expect(scene.stages()).toEqual(['asked', 'refused same-person'])
  })

  test('G5 it ends with the session, when it is taken back, and with the policy that named its approver', async () => {
    const left = await granted()
    left.desk.signedIn(ADVOCATE, 'ana@demo.example')
    left.desk.signOut()
    expect(left.stages().at(-1)).toBe('ended signed-out')
    const taken = await granted()
    await taken.hear(null, 'declined')
    expect(taken.stages().at(-1)).toBe('ended taken-back')
    expect(taken.desk.isUnfit).toBe(true)
    const other = await granted()
    await other.offer(policyOf(2))
    expect(other.desk.isUnfit).toBe(false)
    await other.offer(policyOf(3, { breakGlass: { ...breakGlass, checks: ['antivirus'] } }))
    expect(other.stages().at(-1)).toBe('ended policy-changed')
    expect(other.desk.isUnfit).toBe(true)
  })

  test('G5 it ends with the program: a new run knows of none', async () => {
    const scene = await granted()
    scene.desk.stop()
    expect(scene.stages().at(-1)).toBe('ended program-ended')
    expect(failing().desk.isUnfit).toBe(true)
  })

  test('G5 a request is open for half an hour, and one at a time', async () => {
    const scene = failing()
    ask(scene)
    const late = scene.grant()
    scene.desk.askException('antivirus', 'it-advised')
    expect(scene.stages()).toEqual(['asked'])
    await scene.pass(30 * MINUTE)
    expect(scene.stages()).toEqual(['asked', 'closed not-answered'])
    await scene.hear(late)
    expect(scene.desk.isUnfit).toBe(true)
  })

  test('G5 nothing is asked for that the policy lets nobody waive', () => {
    const scene = failing()
    scene.desk.askException('tpm', 'it-advised')
    expect(scene.stages()).toEqual([])
  })

  test('G5 a hidden desk says that an exception can be asked for', () => {
    const { desk } = failing()
    const input = {
      state: desk.state,
      facts: desk.facts,
      clock: { now: () => 0, label: () => '' },
      isWritten: () => true
    }
    expect(blankView(input).mayAskException).toBe(true)
  })
})
