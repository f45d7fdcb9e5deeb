import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hides } from '../judgement/hides'
import type { Finding, SceneRuleId, Verdict } from '../judgement/rule'
import type { Effect } from './effect'
import type { ComplianceEvent } from './event'
import { HELP_COOLDOWN_MS, initialState, reduce } from './reduce'
import type { ComplianceState } from './state'

const person = { id: 'p1', name: 'Demo Advocate 1' }

const finding = (rule: SceneRuleId, since: number, response: Finding['response'] = 'blank'): Finding => ({
  rule,
  response,
  since,
  openedAt: since,
  count: 1,
  heldBeforeMs: 0,
  peakScore: 0.9,
  peakCount: rule === 'second-person' ? 2 : 0,
  clearsAt: null
})
const clear: Verdict = { findings: [], complete: true }
const withPhone: Verdict = { findings: [finding('phone', 40)], complete: true }

type Unstamped = ComplianceEvent extends infer E ? (E extends { at: number } ? Omit<E, 'at'> : never) : never

/** Plays events one after the other, 10 ms apart, and keeps every step. */
function play(...events: Unstamped[]) {
  let state: ComplianceState = initialState
  let ids = 0
  const steps = events.map((event, i) => {
    const [next, effects] = reduce(state, { ...event, at: i * 10 }, () => `alert-${String(ids++)}`)
    const step = { before: state, state: next, effects }
    state = next
    return step
  })
  return { state, steps, effects: steps.flatMap((step) => step.effects) }
}

const kinds = (effects: readonly Effect[] | undefined): string[] => (effects ?? []).map(({ kind }) => kind)
const start: Unstamped[] = [
  { kind: 'policy-in-force' },
  { kind: 'signed-in', person },
  { kind: 'judged', verdict: clear }
]

describe('reduce', () => {
  it('starts covered, and shows only after policy, person and a full verdict', () => {
    expect(initialState.desk).toBe('starting')
    expect(play(...start).steps.map(({ state }) => state.desk)).toEqual(['signed-out', 'starting', 'shown'])
  })

  it('hides while a check that blocks does not pass, warns for one that warns, and shows again when all is well', () => {
    const { steps, effects } = play(
      ...start,
      { kind: 'checks-judged', unfit: false, doubtful: true },
      { kind: 'checks-judged', unfit: true, doubtful: false },
      { kind: 'checks-judged', unfit: true, doubtful: false },
      { kind: 'checks-judged', unfit: false, doubtful: false }
    )
    expect(steps.slice(3).map(({ state }) => state.desk)).toEqual(['shown', 'hidden', 'hidden', 'shown'])
    expect(kinds(steps[4]?.effects)[0]).toBe('blank')
    expect(steps[5]?.effects).toEqual([])
    const raised = effects.flatMap((effect) =>
      effect.kind === 'raise-alert' ? [[effect.rule, effect.response]] : []
    )
    expect(raised).toEqual([
      ['device-doubtful', 'warn'],
      ['device-unfit', 'blank']
    ])
  })

  it('keeps a desk covered whose checks did not pass before anybody signed in', () => {
    const { state } = play({ kind: 'checks-judged', unfit: true, doubtful: false }, ...start)
    expect(state.desk).toBe('hidden')
  })

  it('D1 hides for a program that may not run, warns for one that is only warned of, and shows again when they are gone', () => {
    const well = { denied: false, warned: false, noted: false, unknown: false } as const
    const { steps, effects } = play(
      ...start,
      { kind: 'applications-judged', ...well, warned: true, noted: true },
      { kind: 'applications-judged', ...well, denied: true },
      { kind: 'applications-judged', ...well, unknown: true },
      { kind: 'applications-judged', ...well }
    )
    expect(steps.slice(3).map(({ state }) => state.desk)).toEqual(['shown', 'hidden', 'hidden', 'shown'])
    expect(kinds(steps[4]?.effects)[0]).toBe('blank')
    const raised = effects.flatMap((effect) =>
      effect.kind === 'raise-alert' ? [[effect.rule, effect.response]] : []
    )
    expect(raised).toEqual([
      ['application-warned', 'warn'],
      ['application-noted', 'log'],
      ['application-denied', 'blank'],
      ['applications-unknown', 'blank']
    ])
  })

  it('stays covered on an incomplete verdict', () => {
    const { state } = play(start[0]!, start[1]!, {
      kind: 'judged',
      verdict: { findings: [], complete: false }
    })
    expect(state.desk).toBe('starting')
  })

  it('hides and raises one alert in the same step, blank first', () => {
    const { steps } = play(...start, { kind: 'judged', verdict: withPhone })
    expect(kinds(steps.at(-1)?.effects)).toEqual(['blank', 'raise-alert', 'tell-desk'])
    expect(steps.at(-1)?.effects[1]).toMatchObject({ rule: 'phone', response: 'blank', since: 40 })
  })

  it('says nothing new while the same phone stays', () => {
    const { steps } = play(
      ...start,
      { kind: 'judged', verdict: withPhone },
      { kind: 'judged', verdict: withPhone }
    )
    expect(steps.at(-1)?.effects).toEqual([])
  })

  it('comes back by itself and ends the alert that it raised', () => {
    const { steps, effects } = play(
      ...start,
      { kind: 'judged', verdict: withPhone },
      { kind: 'judged', verdict: clear }
    )
    expect(kinds(steps.at(-1)?.effects)).toEqual(['end-alert', 'reveal', 'tell-desk'])
    const raised = effects.find((effect) => effect.kind === 'raise-alert')
    expect(steps.at(-1)?.effects[0]).toMatchObject({ alertId: raised?.alertId })
  })

  it('a warning tells the hub and hides nothing', () => {
    const verdict = { findings: [finding('book', 40, 'warn')], complete: true }
    const { state, steps } = play(...start, { kind: 'judged', verdict })
    expect(state.desk).toBe('shown')
    expect(kinds(steps.at(-1)?.effects)).toEqual(['raise-alert', 'tell-desk'])
  })

  it.each([
    { kind: 'camera-lost' },
    { kind: 'sensor-silent' },
    { kind: 'grace-over' },
    { kind: 'vpn-lost' },
    { kind: 'program-altered' },
    { kind: 'policy-lapsed' }
  ] as const)('$kind hides and tells', (event) => {
    const { state, steps } = play(...start, event)
    expect(state.desk).toBe('hidden')
    expect(kinds(steps.at(-1)?.effects)).toEqual(['blank', 'raise-alert', 'tell-desk'])
  })

  it('a camera that is back proves nothing until the next verdict', () => {
    const { steps } = play(
      ...start,
      { kind: 'camera-lost' },
      { kind: 'judged', verdict: clear },
      { kind: 'camera-live' },
      { kind: 'judged', verdict: clear }
    )
    expect(steps.slice(3).map(({ state }) => state.desk)).toEqual(['hidden', 'hidden', 'starting', 'shown'])
  })

  it('new displays and a woken machine cover until the next verdict, without an alert', () => {
    const { steps } = play(...start, { kind: 'unsettled' }, { kind: 'judged', verdict: clear })
    expect(kinds(steps[3]?.effects)).toEqual(['blank', 'tell-desk'])
    expect(steps[4]?.state.desk).toBe('shown')
  })

  it('a refused policy changes nothing that is in force', () => {
    expect(play(...start, { kind: 'policy-refused' }).state.desk).toBe('shown')
    expect(play({ kind: 'policy-refused' }, ...start.slice(1)).state.desk).toBe('starting')
  })

  it('raises nothing while nobody is signed in', () => {
    const { effects } = play(start[0]!, { kind: 'judged', verdict: withPhone }, { kind: 'camera-lost' })
    expect(kinds(effects)).not.toContain('raise-alert')
  })

  it('takes up the alert of before when the judge says that it is the same one', () => {
    const again: Finding = { ...finding('phone', 70), openedAt: 40, count: 2, heldBeforeMs: 20 }
    const { steps, effects } = play(
      ...start,
      { kind: 'judged', verdict: withPhone },
      { kind: 'judged', verdict: clear },
      { kind: 'judged', verdict: { findings: [again], complete: true } },
      { kind: 'judged', verdict: clear }
    )
    expect(kinds(steps[5]?.effects)).toEqual(['blank', 'resume-alert', 'tell-desk'])
    const ids = effects.flatMap((effect) => ('alertId' in effect ? [effect.alertId] : []))
    expect(new Set(ids).size).toBe(1)
    expect(steps[6]?.effects[0]).toMatchObject({ kind: 'end-alert', count: 2, heldMs: 20 })
  })

  it('a lock outlasts its reason, keeps its alert, and only the end of the session opens it', () => {
    const locking = { findings: [finding('phone', 40, 'lock')], complete: true }
    const { steps } = play(
      ...start,
      { kind: 'judged', verdict: locking },
      { kind: 'judged', verdict: clear },
      { kind: 'judged', verdict: { findings: [finding('phone', 90)], complete: true } },
      { kind: 'judged', verdict: clear },
      { kind: 'signed-out' },
      { kind: 'signed-in', person },
      { kind: 'judged', verdict: clear }
    )
    expect(steps.slice(3, 7).map(({ state }) => state.desk)).toEqual(Array(4).fill('hidden'))
    expect(steps[4]?.state.reasons).toMatchObject([{ rule: 'phone', response: 'lock', there: false }])
    expect(steps.slice(4, 7).flatMap(({ effects }) => kinds(effects))).toEqual([])
    expect(kinds(steps[7]?.effects)).toEqual(['end-alert', 'show-sign-in', 'tell-desk'])
    expect(steps[9]?.state.desk).toBe('shown')
  })

  it('what was found before somebody signed in is theirs only when the next look finds it again', () => {
    const { steps } = play(
      start[0]!,
      { kind: 'judged', verdict: withPhone },
      { kind: 'signed-in', person },
      { kind: 'judged', verdict: withPhone }
    )
    expect(steps[2]?.state).toMatchObject({ desk: 'starting', reasons: [] })
    expect(kinds(steps[3]?.effects)).toEqual(['raise-alert', 'tell-desk'])
  })

  it('signing out ends every alert and leaves no workspace', () => {
    const { steps } = play(...start, { kind: 'judged', verdict: withPhone }, { kind: 'signed-out' })
    expect(kinds(steps.at(-1)?.effects)).toEqual(['end-alert', 'show-sign-in', 'tell-desk'])
    expect(kinds(play(...start, { kind: 'signed-out' }).steps.at(-1)?.effects)[0]).toBe('blank')
  })

  it('a supervisor locks the desk until one unlocks it or the session ends', () => {
    const locked = play(...start, { kind: 'judged', verdict: clear }, { kind: 'supervisor-locked' })
    expect(locked.state.desk).toBe('hidden')
    expect(kinds(locked.steps.at(-1)?.effects)).toEqual(['blank', 'raise-alert', 'tell-desk'])
    const open = [...start, { kind: 'judged', verdict: clear }, { kind: 'supervisor-locked' }] as const
    expect(play(...open, { kind: 'judged', verdict: clear }).state.desk).toBe('hidden')
    expect(play(...open, { kind: 'supervisor-unlocked' }).state.desk).toBe('shown')
    const again = play(
      ...open,
      { kind: 'signed-out' },
      { kind: 'signed-in', person },
      { kind: 'judged', verdict: clear }
    )
    expect(again.state.desk).toBe('shown')
    expect(play({ kind: 'policy-in-force' }, { kind: 'supervisor-locked' }).state.faultSince).toEqual({})
  })

  it('unlocking opens a lock whose cause is gone, and none whose cause is there', () => {
    const lock: Verdict = { findings: [finding('phone', 40, 'lock')], complete: true }
    const seen = [...start, { kind: 'judged', verdict: lock }] as const
    expect(play(...seen, { kind: 'supervisor-unlocked' }).state.desk).toBe('hidden')
    const gone = [...seen, { kind: 'judged', verdict: clear }] as const
    expect(play(...gone).state.desk).toBe('hidden')
    const { state, steps } = play(...gone, { kind: 'supervisor-unlocked' })
    expect(state.desk).toBe('shown')
    expect(kinds(steps.at(-1)?.effects)).toContain('end-alert')
  })

  it('a call for help is one alert within the cooldown, and a new one after it', () => {
    let [state] = reduce(initialState, { kind: 'signed-in', person, at: 0 }, () => 'a')
    const ask = (at: number): string[] => {
      const [next, effects] = reduce(state, { kind: 'help-asked', at }, () => `id-${String(at)}`)
      state = next
      return kinds(effects).filter((kind) => kind.endsWith('alert'))
    }
    expect(ask(10)).toEqual(['raise-alert'])
    expect(ask(HELP_COOLDOWN_MS)).toEqual([])
    expect(ask(HELP_COOLDOWN_MS + 11)).toEqual(['raise-alert', 'end-alert'])
  })
})

const anyFinding = fc
  .record({
    rule: fc.constantFrom<SceneRuleId>('phone', 'book', 'second-person', 'nobody'),
    since: fc.nat(5),
    response: fc.constantFrom<Finding['response']>('log', 'warn', 'blank', 'lock'),
    openedAt: fc.nat(5)
  })
  .map(({ rule, since, response, openedAt }) => ({ ...finding(rule, since, response), openedAt }))
const anyVerdict = fc.record({
  findings: fc.uniqueArray(anyFinding, { selector: ({ rule }) => rule, maxLength: 4 }),
  complete: fc.boolean()
})
const anyEvent: fc.Arbitrary<Unstamped> = fc.oneof(
  fc.constantFrom<Unstamped>(
    { kind: 'policy-in-force' },
    { kind: 'policy-refused' },
    { kind: 'signed-in', person },
    { kind: 'signed-out' },
    { kind: 'camera-live' },
    { kind: 'camera-lost' },
    { kind: 'sensor-silent' },
    { kind: 'unsettled' },
    { kind: 'grace-over' },
    { kind: 'hub-back' },
    { kind: 'vpn-lost' },
    { kind: 'vpn-back' },
    { kind: 'policy-lapsed' },
    { kind: 'policy-renewed' },
    { kind: 'checks-judged', unfit: true, doubtful: false },
    { kind: 'checks-judged', unfit: false, doubtful: true },
    { kind: 'checks-judged', unfit: false, doubtful: false },
    { kind: 'applications-judged', denied: true, warned: false, noted: true, unknown: false },
    { kind: 'applications-judged', denied: false, warned: true, noted: false, unknown: true },
    { kind: 'applications-judged', denied: false, warned: false, noted: false, unknown: false },
    { kind: 'help-asked' }
  ),
  anyVerdict.map((verdict): Unstamped => ({ kind: 'judged', verdict }))
)
/** What may hold while the desk is shown. */
const hidesNothing: readonly string[] = ['help-asked', 'device-doubtful']
const anyRun = fc.array(anyEvent, { maxLength: 80 })

// One expectation per run: one per step costs more than all that is tested, and too much beside other tests.
describe('whatever happens', () => {
  it('shown means: policy, person, full verdict, and nothing that hides', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const shown = play(...events).steps.filter(({ state }) => state.desk === 'shown')
        const wrong = shown.filter(
          ({ state: { policyInForce, person: who, sceneComplete, reasons, faultSince } }) =>
            !policyInForce ||
            who === null ||
            !sceneComplete ||
            reasons.some(({ response }) => hides(response)) ||
            Object.keys(faultSince).some((rule) => !hidesNothing.includes(rule))
        )
        expect(wrong).toEqual([])
      }),
      { numRuns: 1000 }
    )
  })

  it('leaving shown blanks first, and only reveal leads there', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const wrong = play(...events).steps.filter(({ before, state, effects }) => {
          const isLeft = before.desk === 'shown' && state.desk !== 'shown'
          const isReached = before.desk !== 'shown' && state.desk === 'shown'
          if (isLeft && effects[0]?.kind !== 'blank') return true
          return kinds(effects).includes('reveal') !== isReached
        })
        expect(wrong).toEqual([])
      }),
      { numRuns: 1000 }
    )
  })

  it('every reason has one alert, which is raised once, then ends and goes on by turns', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const { steps, state, effects } = play(...events)
        const lives = new Map<string, string[]>()
        for (const effect of effects) {
          if (!('alertId' in effect)) continue
          lives.set(effect.alertId, [...(lives.get(effect.alertId) ?? []), effect.kind])
        }
        const turns = (length: number): string[] =>
          Array.from({ length }, (_, i) => (i === 0 ? 'raise-alert' : i % 2 ? 'end-alert' : 'resume-alert'))
        expect([...lives.values()]).toEqual([...lives.values()].map(({ length }) => turns(length)))
        const open = [...lives].filter(([, life]) => life.at(-1) !== 'end-alert').map(([id]) => id)
        expect(open.sort()).toEqual(state.reasons.map(({ alertId }) => alertId).sort())
        expect(steps.every((step) => step.state.person !== null || step.state.reasons.length === 0)).toBe(
          true
        )
      }),
      { numRuns: 1000 }
    )
  })

  it('a lock opens only by the end of the session', () => {
    const isLocked = ({ reasons }: ComplianceState): boolean =>
      reasons.some(({ response }) => response === 'lock')
    fc.assert(
      fc.property(anyRun, (events) => {
        const wrong = play(...events).steps.filter(
          ({ before, state }) =>
            isLocked(before) && state.person !== null && (state.desk === 'shown' || !isLocked(state))
        )
        expect(wrong).toEqual([])
      }),
      { numRuns: 1000 }
    )
  })
})
