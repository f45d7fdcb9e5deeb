import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ReportFilter } from '../../contract/wire/v1/saved-filter'
import { addressOf, filterAt } from './filter-address'

const id = fc.option(fc.uuid(), { nil: null })
const filter: fc.Arbitrary<ReportFilter> = fc.oneof(
  fc.record({ view: fc.constant('alerts' as const), days: fc.constantFrom(1, 7, 30), team: id }),
  fc.record({ view: fc.constant('trend' as const), weeks: fc.constantFrom(4, 8, 12, 26), advocate: id })
)

test('an address brings back the filter that it was made of', () => {
  fc.assert(
    fc.property(filter, (one) => {
      const { pathname, search } = new URL(addressOf(one), 'http://hub')
      expect(filterAt(pathname, search)).toEqual(one)
    })
  )
})

test.each([
  ['/reports', ''],
  ['/reports', '?days=5'],
  ['/reports', '?days=7&team=none'],
  ['/reports/trend', '?weeks=4&advocate=../../me']
])('%s%s asks for no filter that there is', (path, search) => {
  expect(filterAt(path, search)).toBeNull()
})
