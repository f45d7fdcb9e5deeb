import type { AlertView, Tile } from '../../contract/wire/v1/console'
import type { BoardState, Row } from '../stream/board-state'

const HOUR_MS = 3_600_000
const urgency = { act: 0, attention: 1, notice: 2 } as const

/** ISO instants and ids compare by their signs alone; ten thousand of them with `localeCompare` would be felt. */
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const newestFirst = (a: AlertView, b: AlertView): number =>
  compare(b.receivedAt, a.receivedAt) || compare(a.id, b.id)

const values = <T>(rows: ReadonlyMap<string, Row<T>>): readonly T[] =>
  [...rows.values()].map(({ value }) => value)

/** Alerts that nobody has acknowledged: calls for help first, then the newest. */
export function openAlerts(alerts: BoardState['alerts']): readonly AlertView[] {
  return values(alerts)
    .filter((alert) => alert.status === 'raised')
    .sort((a, b) => Number(urgency[a.severity] > 0) - Number(urgency[b.severity] > 0) || newestFirst(a, b))
}

/** Alerts acknowledged in the hour before `now` (milliseconds), the last one first. */
export function handledAlerts(alerts: BoardState['alerts'], now: number): readonly AlertView[] {
  const when = (alert: AlertView): number => Date.parse(alert.acknowledgedAt ?? alert.receivedAt)
  return values(alerts)
    .filter((alert) => alert.status === 'acknowledged' && now - when(alert) < HOUR_MS)
    .sort((a, b) => when(b) - when(a) || newestFirst(a, b))
}

const byLabel = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Desks in an order that depends on nothing that changes while one watches: their labels. */
export function orderedTiles(tiles: BoardState['tiles']): readonly Tile[] {
  return [...values(tiles)].sort(
    (a, b) => byLabel.compare(a.label, b.label) || a.workstation.localeCompare(b.workstation)
  )
}

/** The groups that the board can be narrowed to. */
export const groups = ['all', 'shown', 'hidden', 'unknown', 'off'] as const
export type Group = (typeof groups)[number]

/** The group of a desk: starting and signed out are both nobody's shift yet. */
export function groupOf(tile: Tile): Exclude<Group, 'all'> {
  return tile.state === 'starting' || tile.state === 'signed-out' ? 'off' : tile.state
}

export function countGroups(tiles: readonly Tile[]): Readonly<Record<Group, number>> {
  const counts = { all: tiles.length, shown: 0, hidden: 0, unknown: 0, off: 0 }
  for (const tile of tiles) counts[groupOf(tile)] += 1
  return counts
}

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()

/** True when every word of `query` is somewhere in `text`; case and accents don't matter. */
export function matches(text: string, query: string): boolean {
  const within = plain(text)
  return plain(query)
    .split(/\s+/)
    .every((word) => within.includes(word))
}
