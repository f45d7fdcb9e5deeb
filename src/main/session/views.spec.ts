import { describe, expect, it } from 'vitest'
import { blankStateSchema, shellStateSchema } from '../../contract/ipc/schema'
import { deskSnapshotSchema } from '../../contract/wire/v1/device'
import { initialState } from '../../core/compliance/reduce'
import type { ComplianceState, Reason } from '../../core/compliance/state'
import { defaultRules } from '../../core/policy/defaults'
import type { Policy } from '../../core/policy/policy'
import { firstFacts, withStep } from './facts'
import { blankView, deskView, shellView } from './views'

const clock = { now: () => 10_000, label: (at: number) => new Date(at).toISOString() }
const policy: Policy = {
  schema: 2,
  organisation: 'Demo Care',
  version: 4,
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2036-01-01T00:00:00Z',
  sensor: { maxGapMs: 2000 },
  rules: { ...defaultRules, book: { ...defaultRules.book, response: 'warn' } },
  workspace: { applications: [{ id: 'records', title: 'Records', url: 'https://records.example/' }] },
  hubGraceMs: 1000
}
const phone: Reason = {
  rule: 'phone',
  response: 'blank',
  since: 4000,
  peakScore: 0.9,
  peakCount: 0,
  clearsAt: null,
  alertId: 'a',
  there: true,
  openedAt: 4000,
  count: 1,
  heldBeforeMs: 0
}
const book: Reason = { ...phone, rule: 'book', response: 'warn', alertId: 'b' }
const lost: Reason = { ...phone, rule: 'camera-lost', alertId: 'c' }
const facts = { ...firstFacts(clock.label(0)), policy }
const hidden: ComplianceState = {
  ...initialState,
  desk: 'hidden',
  person: { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Demo Advocate 1' },
  reasons: [phone, book, lost]
}
const written = new Set(['a'])
const isWritten = (id: string): boolean => written.has(id)
const input = { state: hidden, facts, clock, isWritten }

describe('snapshots', () => {
  it('are what the schemas ask for, also at the first moment', () => {
    for (const state of [initialState, hidden]) {
      const one = { state, facts: state === hidden ? facts : firstFacts(clock.label(0)), clock, isWritten }
      shellStateSchema.parse(shellView(one))
      blankStateSchema.parse(blankView(one))
      deskSnapshotSchema.parse(deskView(one))
    }
  })

  it('part what hides from what only warns', () => {
    const view = shellView(input)
    expect(view.reasons.map((reason) => reason.rule)).toEqual(['phone', 'camera-lost'])
    expect(view.warnings.map((reason) => reason.rule)).toEqual(['book'])
  })

  it('say how much of the clearing is left, for the rules that clear by time', () => {
    const clearing = { ...hidden, reasons: [{ ...phone, clearsAt: 11_200 }, lost] }
    const [first, second] = blankView({ ...input, state: clearing }).reasons
    expect(first).toMatchObject({
      clearing: { leftMs: 1200, totalMs: 3000 },
      since: clock.label(4000),
      exitMs: 3000
    })
    expect(second).toMatchObject({ clearing: null, exitMs: 0 })
  })

  it('say "recorded" only when every alert that hides is on disk', () => {
    expect(blankView(input).recorded).toBe(false)
    expect(blankView({ ...input, state: { ...hidden, reasons: [phone] } }).recorded).toBe(true)
    expect(blankView({ ...input, state: { ...hidden, reasons: [] } }).recorded).toBe(false)
  })

  it('say of a warning that it is recorded only when it is', () => {
    expect(shellView(input).warnings).toMatchObject([{ rule: 'book', recorded: false }])
    const all = { ...input, isWritten: () => true }
    expect(shellView(all).warnings).toMatchObject([{ rule: 'book', recorded: true }])
  })

  it('show what is only noted to nobody at the desk', () => {
    const noted = { ...input, state: { ...hidden, reasons: [{ ...book, response: 'log' as const }] } }
    expect([shellView(noted).reasons, shellView(noted).warnings, blankView(noted).reasons]).toEqual([
      [],
      [],
      []
    ])
  })

  it('tell blank page and hub of a lock, also when nothing is left of its reason', () => {
    const lock: Reason = { ...phone, response: 'lock', there: false }
    const locked = { ...input, state: { ...hidden, reasons: [lock] } }
    expect(blankView(locked).reasons).toMatchObject([{ rule: 'phone', response: 'lock', there: false }])
    expect(deskView(locked).locked).toBe(true)
    expect(deskView(input).locked).toBe(false)
  })

  it('name no application before somebody signed in', () => {
    expect(shellView({ ...input, state: initialState }).applications).toEqual([])
    expect(shellView(input).applications).toEqual([{ id: 'records', title: 'Records' }])
  })

  it('carry a failed step with its remedy', () => {
    const failed = withStep(facts, 'keychain', 'failed', 'remedy.no-keychain', 'x'.repeat(1000))
    const step = shellView({ ...input, facts: failed }).steps.find(({ id }) => id === 'keychain')
    expect(step).toMatchObject({ state: 'failed', remedy: 'remedy.no-keychain' })
    expect(step?.detail).toHaveLength(300)
  })
})
