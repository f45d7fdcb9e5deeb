import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { weeksOf, type Known } from './weeks'

const HOUR = 3_600_000
const MONDAY = Date.parse('2026-11-02T00:00:00.000Z')
const none: Known = { sessions: [], alerts: [], days: [] }
const query = (weeks: number) => ({
  mondays: Array.from({ length: weeks + 1 }, (_, n) => new Date(MONDAY + n * 7 * 24 * HOUR).toISOString())
})
const session = (fromHour: number, hours: number) => ({
  from: MONDAY + fromHour * HOUR,
  to: MONDAY + (fromHour + hours) * HOUR
})

describe('the weeks of a trend', () => {
  test('say nothing where nothing is known, and not that all was well', () => {
    expect(weeksOf(query(2), none)).toEqual(
      [0, 7].map((days) => ({
        from: new Date(MONDAY + days * 24 * HOUR).toISOString(),
        ...{ shifts: 0, signedInS: 0, hiddenS: 0, raised: 0, agreed: 0, falseAlarms: 0 },
        ...{ raisedPerShift: null, byRule: [], adherence: null, calls: null }
      }))
    )
  })

  test('count a shift with a lunch and a restart in it once, and the time away from the desk not at all', () => {
    const sessions = [session(9, 3), session(12.1, 0.4), session(13, 4), session(33, 8)]
    const [week] = weeksOf(query(1), { ...none, sessions })
    expect(week).toMatchObject({ shifts: 2, signedInS: (3 + 0.4 + 4 + 8) * 3600 })
  })

  test('count a desk that two things hid at the same time as hidden once', () => {
    const seen = (rule: 'phone' | 'second-person', atMs: number) =>
      ({ at: MONDAY + atMs, rule, verdict: null, hiddenMs: 600_000 }) as const
    const [week] = weeksOf(query(1), { ...none, alerts: [seen('phone', 0), seen('second-person', 60_000)] })
    expect(week).toMatchObject({ raised: 2, hiddenS: 660 })
  })

  test('count two desks at the same time once', () => {
    const [week] = weeksOf(query(1), { ...none, sessions: [session(9, 4), session(10, 1)] })
    expect(week).toMatchObject({ shifts: 1, signedInS: 4 * 3600 })
  })

  test('share a night over two weeks by its hours; its shift is of the week in which it began', () => {
    const weeks = weeksOf(query(2), { ...none, sessions: [session(7 * 24 - 2, 8)] })
    expect(weeks.map(({ shifts, signedInS }) => [shifts, signedInS])).toEqual([
      [1, 2 * 3600],
      [0, 6 * 3600]
    ])
  })

  test('count no session that nobody ended for longer than sixteen hours', () => {
    const [week] = weeksOf(query(1), { ...none, sessions: [session(9, 100)] })
    expect(week).toMatchObject({ shifts: 1, signedInS: 16 * 3600 })
  })

  test('have alerts for each shift, by rule, with what was decided in the end, and how long the screen was hidden', () => {
    const at = MONDAY + 10 * HOUR
    const alert = { at, rule: 'phone', verdict: null, hiddenMs: 30_000 } as const
    const alerts = [
      alert,
      { ...alert, at: at + 60_000, verdict: 'false-alarm' as const },
      { ...alert, rule: 'book' as const, verdict: 'agreed' as const, hiddenMs: 0 },
      { ...alert, at: MONDAY - 60_000 }
    ]
    const [week] = weeksOf(query(1), { ...none, alerts, sessions: [session(9, 4), session(33, 4)] })
    expect(week).toMatchObject({
      ...{ raised: 3, raisedPerShift: 1.5, agreed: 1, falseAlarms: 1, hiddenS: 60 },
      byRule: [
        { rule: 'phone', raised: 2, falseAlarms: 1 },
        { rule: 'book', raised: 1, falseAlarms: 0 }
      ]
    })
  })

  test('have the mean adherence of the days that were told of, and no other', () => {
    const days = [
      { at: MONDAY + 12 * HOUR, calls: 30, adherence: 0.9 },
      { at: MONDAY + 36 * HOUR, calls: 20, adherence: null },
      { at: MONDAY + 60 * HOUR, calls: 10, adherence: 0.8 }
    ]
    expect(weeksOf(query(1), { ...none, days })[0]).toMatchObject({
      calls: 60,
      adherence: expect.closeTo(0.85)
    })
  })

  test('lose and double nothing, however sessions lie: no week has more than its hours, and all have what each desk had', () => {
    const one = fc.record({ from: fc.integer({ min: 0, max: 500 }), hours: fc.integer({ min: 1, max: 16 }) })
    fc.assert(
      fc.property(fc.array(one, { maxLength: 12 }), (all) => {
        const sessions = all.map(({ from, hours }) => session(from, hours))
        const weeks = weeksOf(query(4), { ...none, sessions })
        const total = weeks.reduce((sum, week) => sum + week.signedInS, 0)
        const hours = new Set(
          all.flatMap(({ from, hours: n }) => Array.from({ length: n }, (_, i) => from + i))
        )
        expect(total).toBe(hours.size * 3600)
        for (const week of weeks) expect(week.signedInS).toBeLessThanOrEqual(168 * 3600)
      })
    )
  })
})
