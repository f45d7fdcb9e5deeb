import { describe, expect, test } from 'vitest'
import { alertOf, tileOf } from '../../../e2e/console/rows'
import type { AlertView, Tile } from '../../contract/wire/v1/console'
import type { Row } from '../stream/board-state'
import { countGroups, handledAlerts, matches, openAlerts, orderedTiles } from './select'

const rows = <T>(values: readonly T[], keyOf: (value: T) => string): ReadonlyMap<string, Row<T>> =>
  new Map(values.map((value, version) => [keyOf(value), { value, version }]))
const alertRows = (alerts: readonly AlertView[]) => rows(alerts, ({ id }) => id)
const tileRows = (tiles: readonly Tile[]) => rows(tiles, ({ workstation }) => workstation)
const at = (minute: number): string => new Date(Date.UTC(2026, 0, 5, 14, minute)).toISOString()

describe('the open alerts', () => {
  test('are those nobody acknowledged: calls for help first, then the newest', () => {
    const desk = tileOf(1)
    const old = alertOf(desk, { receivedAt: at(1), raisedAt: at(1) })
    const fresh = alertOf(desk, { receivedAt: at(5), raisedAt: at(5), severity: 'notice', rule: 'nobody' })
    const help = alertOf(desk, { receivedAt: at(2), raisedAt: at(2), severity: 'act', rule: 'help-asked' })
    const done = alertOf(desk, { status: 'acknowledged', acknowledgedAt: at(6) })
    expect(openAlerts(alertRows([old, done, fresh, help]))).toEqual([help, fresh, old])
  })
})

test('handled alerts leave the list after an hour', () => {
  const done = alertOf(tileOf(1), { status: 'acknowledged', acknowledgedAt: at(0) })
  expect(handledAlerts(alertRows([done]), Date.parse(at(59)))).toEqual([done])
  expect(handledAlerts(alertRows([done]), Date.parse(at(0)) + 3_600_000)).toEqual([])
})

test('tiles stay where they are, whatever changes on them', () => {
  const tiles = [tileOf(10), tileOf(2), tileOf(1)]
  const order = (all: readonly Tile[]) => orderedTiles(tileRows(all)).map(({ label }) => label)
  const changed = tiles
    .map((tile): Tile => ({ ...tile, state: 'hidden', person: null, since: at(9) }))
    .reverse()
  expect(order(tiles)).toEqual(['desk-001', 'desk-002', 'desk-010'])
  expect(order(changed)).toEqual(order(tiles))
})

test('desks are counted by state, nobody on shift as one group', () => {
  const states = ['shown', 'hidden', 'unknown', 'starting', 'signed-out'] as const
  const tiles = states.map((state, n) => tileOf(n, { state }))
  expect(countGroups(tiles)).toEqual({ all: 5, shown: 1, hidden: 1, unknown: 1, off: 2 })
})

test('the filter wants every word and minds neither case nor accents', () => {
  expect(matches('Demo Advocate 3 Oculto teléfono a la vista', 'TELEFONO advocate')).toBe(true)
  expect(matches('Demo Advocate 3', 'advocate 4')).toBe(false)
})
