import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
    expect(steps.at(-1)?.effects[1]).toMatchObject({ rule: 'phone', hidden: true, since: 40 })
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

  it.each([{ kind: 'camera-lost' }, { kind: 'sensor-silent' }, { kind: 'grace-over' }] as const)(
    '$kind hides and tells',
    (event) => {
      const { state, steps } = play(...start, event)
      expect(state.desk).toBe('hidden')
      expect(kinds(steps.at(-1)?.effects)).toEqual(['blank', 'raise-alert', 'tell-desk'])
    }
  )

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

  it('signing out ends every alert and leaves no workspace', () => {
    const { steps } = play(...start, { kind: 'judged', verdict: withPhone }, { kind: 'signed-out' })
    expect(kinds(steps.at(-1)?.effects)).toEqual(['end-alert', 'show-sign-in', 'tell-desk'])
    expect(kinds(play(...start, { kind: 'signed-out' }).steps.at(-1)?.effects)[0]).toBe('blank')
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
    response: fc.constantFrom<Finding['response']>('log', 'warn', 'blank')
  })
  .map(({ rule, since, response }) => finding(rule, since, response))
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
    { kind: 'help-asked' }
  ),
  anyVerdict.map((verdict): Unstamped => ({ kind: 'judged', verdict }))
)
const anyRun = fc.array(anyEvent, { maxLength: 80 })

describe('whatever happens', () => {
  it('shown means: policy, person, full verdict, and nothing that hides', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        for (const { state } of play(...events).steps) {
          if (state.desk !== 'shown') continue
          expect(state.policyInForce && state.person !== null && state.sceneComplete).toBe(true)
          expect(state.findings.some(({ response }) => response === 'blank')).toBe(false)
          expect(Object.keys(state.faultSince).filter((rule) => rule !== 'help-asked')).toEqual([])
        }
      }),
      { numRuns: 1000 }
    )
  })

  it('leaving shown blanks first, and only reveal leads there', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        for (const { before, state, effects } of play(...events).steps) {
          if (before.desk === 'shown' && state.desk !== 'shown') expect(effects[0]?.kind).toBe('blank')
          expect(kinds(effects).includes('reveal')).toBe(before.desk !== 'shown' && state.desk === 'shown')
        }
      }),
      { numRuns: 1000 }
    )
  })

  it('every reason during a session has one alert, raised once and ended once at most', () => {
    fc.assert(
      fc.property(anyRun, (events) => {
        const { steps, state, effects } = play(...events)
        const raised = effects.flatMap((effect) => (effect.kind === 'raise-alert' ? [effect.alertId] : []))
        const ended = effects.flatMap((effect) => (effect.kind === 'end-alert' ? [effect.alertId] : []))
        expect(new Set(raised).size).toBe(raised.length)
        expect(new Set(ended).size).toBe(ended.length)
        expect(ended.every((id) => raised.includes(id))).toBe(true)
        expect(raised.filter((id) => !ended.includes(id)).sort()).toEqual(
          state.reasons.map(({ alertId }) => alertId).sort()
        )
        expect(steps.every((step) => step.state.person !== null || step.state.reasons.length === 0)).toBe(
          true
        )
      }),
      { numRuns: 1000 }
    )
  })
})
