import fc from 'fast-check'
import { expect, test } from 'vitest'
import { trustSchema } from '../../contract/wire/v1/console'
import { deviceSortSchema, type DeviceSort } from '../../contract/wire/v1/device-admin'
import { chosen, type Found } from './order'

const device = (more: Partial<Found> = {}): Found => ({
  workstation: '00000000-0000-4000-8000-000000000001',
  label: 'Desk 1',
  hostLabel: 'WS-0001',
  team: 'Claims',
  simulated: false,
  keyClass: 'tpm',
  trust: 'attested',
  trustSince: null,
  enrolledAt: new Date(0),
  lastHeardAt: null,
  isSilent: false,
  version: '0.1.0',
  policyVersion: 1,
  counts: true,
  problems: [],
  ...more
})
const query = { search: '', show: 'current', sort: 'label', order: 'up' } as const
const labels = (list: readonly Found[]): readonly string[] => list.map(({ label }) => label)

test('numbers in labels count as numbers, and turning the order round turns the list round', () => {
  const fleet = ['Desk 10', 'Desk 9', 'desk 1'].map((label) => device({ label }))
  expect(labels(chosen(fleet, query))).toEqual(['desk 1', 'Desk 9', 'Desk 10'])
  expect(labels(chosen(fleet, { ...query, order: 'down' }))).toEqual(['Desk 10', 'Desk 9', 'desk 1'])
})

test('who was shut out is in the list only where it is asked for', () => {
  const fleet = [device(), device({ label: 'Gone', trust: 'revoked' })]
  expect(labels(chosen(fleet, query))).toEqual(['Desk 1'])
  expect(labels(chosen(fleet, { ...query, show: 'all' }))).toEqual(['Desk 1', 'Gone'])
})

test('a search finds part of a label, a team, a name of a computer and an id, in any case of letters', () => {
  const fleet = [
    device(),
    device({ label: 'Other', hostLabel: 'LAPTOP-7', team: 'Sales', workstation: 'abc' })
  ]
  for (const search of ['oTHER', 'laptop', 'sales', 'ABC'])
    expect(labels(chosen(fleet, { ...query, search }))).toEqual(['Other'])
})

test('most problems come first: what the policy enforces before what it only wants told, the unknown before the well', () => {
  const problem = (enforcement: 'block' | 'report') =>
    ({ check: 'firewall', state: 'fail', enforcement }) as const
  const fleet = [
    device({ label: 'well' }),
    device({ label: 'silent', problems: null, counts: false }),
    device({ label: 'told', problems: [problem('report'), problem('report')] }),
    device({ label: 'blocked', problems: [problem('block')] })
  ]
  const sorted = chosen(fleet, { ...query, sort: 'problems', order: 'down' })
  expect(labels(sorted)).toEqual(['blocked', 'told', 'silent', 'well'])
})

test('only those at which a check does not pass: what is not known of a desk is not said of its check', () => {
  const fleet = [
    device({ label: 'open', problems: [{ check: 'firewall', state: 'fail' }] }),
    device({ label: 'silent', problems: null }),
    device({ label: 'well' })
  ]
  expect(labels(chosen(fleet, { ...query, check: 'firewall' }))).toEqual(['open'])
})

/** Negative, zero or positive, as a comparison is: what stands in the column, told without what is under test. */
const inColumn: Readonly<Record<DeviceSort, (one: Found, other: Found) => number>> = {
  label: (one, other) => inWords(one.label, other.label),
  team: (one, other) => inWords(one.team, other.team),
  key: (one, other) => inWords(one.keyClass, other.keyClass),
  version: (one, other) => inWords(one.version, other.version),
  policy: (one, other) => one.policyVersion - other.policyVersion,
  heard: (one, other) => Number(one.lastHeardAt ?? 0) - Number(other.lastHeardAt ?? 0),
  trust: (one, other) => urgency.indexOf(one.trust) - urgency.indexOf(other.trust),
  problems: (one, other) => weigh(one) - weigh(other)
}
const inWords = (one: string, other: string): number =>
  one.localeCompare(other, 'en', { numeric: true, sensitivity: 'base' })
const urgency = ['revoked', 'attested', 'reported', 'unattested', 'unproven', 'quarantined']
/** Here every problem is one that the policy does not merely want told. */
const weigh = ({ problems }: Found): number => (problems === null ? 0.5 : problems.length)

test('any order has each computer once, no two next to one another the wrong way round', () => {
  const one = fc.record({
    workstation: fc.uuid(),
    label: fc.string({ maxLength: 4 }),
    trust: fc.constantFrom(...trustSchema.options),
    team: fc.constantFrom('Claims', 'claims', 'Sales 2', 'Sales 10'),
    keyClass: fc.constantFrom('tpm' as const, 'keychain' as const),
    version: fc.constantFrom('0.9.0', '0.10.0'),
    lastHeardAt: fc.constantFrom(null, new Date(1), new Date(2)),
    policyVersion: fc.nat(3),
    problems: fc.constantFrom(null, [], [{ check: 'firewall', state: 'fail' as const }])
  })
  const order = fc.constantFrom('up' as const, 'down' as const)
  fc.assert(
    fc.property(
      fc.array(one, { maxLength: 12 }),
      fc.constantFrom(...deviceSortSchema.options),
      order,
      (some, sort, way) => {
        const fleet = some.map(device)
        const list = chosen(fleet, { ...query, show: 'all', sort, order: way })
        expect(list.map(({ workstation }) => workstation).toSorted()).toEqual(
          fleet.map(({ workstation }) => workstation).toSorted()
        )
        for (const [index, other] of list.slice(1).entries()) {
          const one = list[index]!
          const column = inColumn[sort](one, other) * (way === 'up' ? 1 : -1)
          expect(column).toBeLessThanOrEqual(0)
          if (column === 0) expect(inWords(one.label, other.label)).toBeLessThanOrEqual(0)
        }
      }
    )
  )
})
