import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { levelOf, reasonsFor, stageOf, verdictOf, type Life } from './life'
import { beginning, dueAt, step, type LifeEvent } from './life-cycle'
import { defaultTerms, termsOf, termsSchema } from './terms'

const terms = defaultTerms
const start = beginning(0, 'attention', terms)
const then = (life: Life, event: LifeEvent): Life => {
  const next = step(life, event, 'attention', terms)
  if (!next.ok) throw new Error(next.error)
  return next.value
}
const refusal = (life: Life, event: LifeEvent) => {
  const next = step(life, event, 'attention', terms)
  return next.ok ? null : next.error
}
const agree: LifeEvent = {
  kind: 'decide',
  at: 10,
  by: 'sam',
  verdict: 'agreed',
  reason: 'breach',
  note: 'seen'
}
const appeal: LifeEvent = { kind: 'appeal', at: 20, statement: 'it was my glucose meter' }
const answer = (by: string, upheld = true): LifeEvent => ({
  kind: 'answer-appeal',
  at: 30,
  by,
  upheld,
  note: 'right'
})

describe('an alert', () => {
  test('is passed on by silence: to leads, then to who is on call, then to nobody else', () => {
    expect(dueAt(start)).toBe(300_000)
    expect(refusal(start, { kind: 'time', at: 299_999 })).toBe('nothing-changes')
    const lead = then(start, { kind: 'time', at: 300_000 })
    expect(levelOf(lead)).toBe('lead')
    const onCall = then(lead, { kind: 'time', at: 900_000 })
    expect(onCall.escalations.map(({ level }) => level)).toEqual(['lead', 'on-call'])
    expect(dueAt(onCall)).toBeNull()
  })

  test('is passed on by everything that became due while the hub was down', () => {
    expect(levelOf(then(start, { kind: 'time', at: 5_000_000 }))).toBe('on-call')
  })

  test('is passed on no more once somebody has taken note of it or decided', () => {
    for (const event of [{ kind: 'acknowledge', at: 5, by: 'sam' } as const, agree])
      expect(refusal({ ...then(start, event), appealUntil: null }, { kind: 'time', at: 9e9 })).toBe(
        'nothing-changes'
      )
  })

  test('that was a false alarm is closed at once; one that was agreed with waits for the person it is about', () => {
    const wrong = then(start, { ...agree, verdict: 'false-alarm', reason: 'mistaken-object' })
    expect([stageOf(wrong), verdictOf(wrong)]).toEqual(['closed', 'false-alarm'])
    const right = then(start, agree)
    expect(stageOf(right)).toBe('decided')
    expect(stageOf(then(right, { kind: 'time', at: right.appealUntil! }))).toBe('closed')
  })

  test('whose decision is appealed is answered by somebody else, and an upheld appeal turns it round', () => {
    const appealed = then(then(start, agree), appeal)
    expect(stageOf(appealed)).toBe('appealed')
    expect(refusal(appealed, answer('sam'))).toBe('own-decision')
    expect(verdictOf(then(appealed, answer('lea')))).toBe('false-alarm')
    expect(verdictOf(then(appealed, answer('lea', false)))).toBe('agreed')
    expect(refusal(appealed, appeal)).toBe('appealed-already')
    expect(refusal(appealed, { kind: 'time', at: 9e12 })).toBe('nothing-changes')
  })

  test('is appealed only after a decision against the person, and in time', () => {
    expect(refusal(start, appeal)).toBe('nothing-to-appeal')
    const decided = then(start, agree)
    expect(refusal(decided, { ...appeal, at: decided.appealUntil! })).toBe('too-late')
  })

  test('takes only the reasons that go with the decision', () => {
    for (const reason of reasonsFor['false-alarm'])
      expect(refusal(start, { ...agree, reason })).toBe('reason-does-not-fit')
  })

  const event = fc.record({
    kind: fc.constantFrom('acknowledge', 'decide', 'appeal', 'answer-appeal', 'time'),
    after: fc.integer({ min: 0, max: 200 * 3_600_000 }),
    by: fc.constantFrom('sam', 'lea'),
    yes: fc.boolean()
  })
  test('keeps what was done, closes for good, and no one answers an appeal against themselves', () => {
    fc.assert(fc.property(fc.array(event, { maxLength: 12 }), lives))
  })

  function lives(events: readonly { kind: string; after: number; by: string; yes: boolean }[]): void {
    let life = start
    let at = 0
    for (const { kind, after, by, yes } of events) {
      at += after
      const before = life
      const all: Record<string, LifeEvent> = {
        acknowledge: { kind: 'acknowledge', at, by },
        decide: yes
          ? { kind: 'decide', at, by, verdict: 'agreed', reason: 'breach', note: 'n' }
          : { kind: 'decide', at, by, verdict: 'false-alarm', reason: 'allowed', note: 'n' },
        appeal: { kind: 'appeal', at, statement: 's' },
        'answer-appeal': { kind: 'answer-appeal', at, by, upheld: yes, note: 'n' },
        time: { kind: 'time', at }
      }
      const next = step(life, all[kind]!, 'attention', terms)
      if (next.ok) life = next.value
      if (before.closedAt !== null) expect(life).toEqual(before)
      if (before.acknowledged !== null) expect(life.acknowledged).toEqual(before.acknowledged)
      if (before.decision !== null) expect(life.decision).toEqual(before.decision)
      expect(life.escalations.slice(0, before.escalations.length)).toEqual(before.escalations)
      const answered = life.appeal?.answer
      if (answered != null) expect(answered.by).not.toBe(life.decision?.by)
      // What is due is in the future of the last event that looked at the time.
      if (kind === 'time') expect(dueAt(life) ?? Infinity).toBeGreaterThan(at)
    }
  }
})

test('a policy says only what it wants otherwise, and on-call never before leads', () => {
  expect(termsOf(undefined)).toEqual(defaultTerms)
  const act = { leadAfterS: 30, onCallAfterS: 90 }
  expect(termsOf({ escalation: { act } }).escalation).toEqual({ ...defaultTerms.escalation, act })
  expect(termsSchema.safeParse({ escalation: { act: { leadAfterS: 90, onCallAfterS: 30 } } }).success).toBe(
    false
  )
})
