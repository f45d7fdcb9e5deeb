import { expect, test } from 'vitest'
import type { TrendWeek } from '../../contract/wire/v1/coaching'
import { trendCsv } from './trend-csv'

test('a trend is a table that a spreadsheet reads: no name in it, unknown is empty, and no alert is nought', () => {
  const week = {
    ...{ from: '2026-11-02T00:00:00.000Z', shifts: 2, signedInS: 7200.4, hiddenS: 30, raised: 3 },
    ...{ agreed: 1, falseAlarms: 1, raisedPerShift: 1.5, adherence: 0.9, calls: 61 },
    byRule: [
      { rule: 'phone', raised: 2, falseAlarms: 1 },
      { rule: 'book', raised: 1, falseAlarms: 0 }
    ]
  } as const satisfies TrendWeek
  const quiet: TrendWeek = {
    ...{ ...week, shifts: 0, signedInS: 0, hiddenS: 0, raised: 0, agreed: 0, falseAlarms: 0 },
    ...{ raisedPerShift: null, adherence: null, calls: null, byRule: [] }
  }
  const advocate = { id: '7c0f2a52-3ae8-4a30-9d4f-6c1c0b6a1f00', name: 'Demo Advocate 1' }
  expect(trendCsv({ advocate, weeks: [week, quiet] })).toBe(
    'weekFrom,shifts,atDeskS,alerts,alertsPerShift,agreed,falseAlarms,hiddenS,adherence,calls,' +
      'alerts:book,falseAlarms:book,alerts:phone,falseAlarms:phone\r\n' +
      '2026-11-02T00:00:00.000Z,2,7200,3,1.5,1,1,30,0.9,61,1,0,2,1\r\n' +
      '2026-11-02T00:00:00.000Z,0,0,0,,0,0,0,,,0,0,0,0\r\n'
  )
})
