import { expect, test } from 'vitest'
import { firstWeek } from './first-week'

test.each([
  ['a Friday', new Date(2026, 10, 27, 14, 3), 1, new Date(2026, 10, 23)],
  ['a Sunday', new Date(2026, 10, 29, 23, 59), 1, new Date(2026, 10, 23)],
  ['a Monday', new Date(2026, 10, 30, 0, 0), 1, new Date(2026, 10, 30)],
  ['eight weeks before', new Date(2026, 10, 27, 14, 3), 8, new Date(2026, 9, 5)]
])(
  'the weeks of %s begin with a Monday of the reader’s own clock, and have now in the last',
  (_, now, weeks, monday) => {
    expect(firstWeek(now.getTime(), weeks)).toEqual(monday)
  }
)
