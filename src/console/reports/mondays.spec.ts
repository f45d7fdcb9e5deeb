import { afterEach, expect, test } from 'vitest'
import { trendQuerySchema } from '../../contract/wire/v1/coaching'
import { mondaysOf } from './mondays'

const zone = process.env['TZ']
afterEach(() => {
  if (zone === undefined) delete process.env['TZ']
  else process.env['TZ'] = zone
})

test.each([
  ['a Friday', [2026, 10, 27, 14, 3], 1, [2026, 10, 23]],
  ['a Sunday', [2026, 10, 29, 23, 59], 1, [2026, 10, 23]],
  ['a Monday', [2026, 10, 30, 0, 0], 1, [2026, 10, 30]],
  ['eight weeks before', [2026, 10, 27, 14, 3], 8, [2026, 9, 5]]
] as const)(
  'the weeks of %s begin with a Monday of the reader’s own clock, and have now in the last',
  (_, now, weeks, monday) => {
    const [year, month, day] = monday
    expect(mondaysOf(new Date(now[0], now[1], now[2], ...now.slice(3)).getTime(), weeks)[0]).toEqual(
      new Date(year, month, day)
    )
  }
)

test.each(['America/New_York', 'Pacific/Auckland', 'Europe/Madrid', 'Asia/Kolkata'])(
  'in %s every week begins on a Monday at midnight, also after the clocks were changed',
  (name) => {
    process.env['TZ'] = name
    for (const until of [Date.UTC(2026, 10, 27, 12), Date.UTC(2026, 3, 20, 12)]) {
      const mondays = mondaysOf(until, 8)
      expect(mondays.map((day) => [day.getDay(), day.getHours()])).toEqual(Array(9).fill([1, 0]))
      const text = mondays.map((day) => day.toISOString()).join(',')
      expect(trendQuerySchema.parse({ mondays: text }).mondays).toHaveLength(9)
    }
  }
)
