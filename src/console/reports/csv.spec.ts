import { expect, test } from 'vitest'
import { csvOf } from './csv'

test('a report is a table that a spreadsheet reads, with empty cells where nothing is known', () => {
  const row = {
    rule: 'phone',
    raised: 3,
    acknowledged: 2,
    agreed: 1,
    falseAlarms: 1,
    falseAlarmShare: 0.5
  } as const
  const report = {
    from: '2026-11-01T00:00:00.000Z',
    to: '2026-11-08T00:00:00.000Z',
    byRule: [{ ...row, acknowledgeP50S: 12.5, acknowledgeP95S: null, escalated: 0 }],
    byHour: Array.from({ length: 24 }, () => 0)
  }
  expect(csvOf(report)).toBe(
    'rule,raised,acknowledged,agreed,falseAlarms,falseAlarmShare,acknowledgeP50S,acknowledgeP95S,escalated\r\n' +
      'phone,3,2,1,1,0.5,12.5,,0\r\n'
  )
})
