import { randomUUID } from 'node:crypto'
import type { AlertView, Tile } from '../../src/contract/wire/v1/console'

const ago = (ms: number): string => new Date(Date.now() - ms).toISOString()
const MINUTE = 60_000

/** Desk number `n` of a demo team; what matters to a test is given, the rest is plausible. */
export function tileOf(n: number, change: Partial<Tile> = {}): Tile {
  return {
    workstation: randomUUID(),
    label: `desk-${String(n).padStart(3, '0')}`,
    person: { id: randomUUID(), name: `Demo Advocate ${n}` },
    simulated: n > 1,
    state: 'shown',
    locked: false,
    reasons: [],
    since: ago((n % 50) * 4 * MINUTE + 90_000),
    lastHeard: ago(2000),
    checks: { camera: 'pass', device: 'pass', network: 'pass' },
    openAlerts: 0,
    ...change
  }
}

/** An alert of `tile`'s person, seen a moment ago and still there. */
export function alertOf(tile: Tile, change: Partial<AlertView> = {}): AlertView {
  const raisedAt = change.raisedAt ?? ago(4000)
  const receivedAt = change.receivedAt ?? new Date(Date.parse(raisedAt) + 90).toISOString()
  return {
    id: randomUUID(),
    workstation: tile.workstation,
    label: tile.label,
    person: tile.person,
    simulated: tile.simulated,
    rule: 'phone',
    severity: 'attention',
    status: 'raised',
    active: true,
    hidden: true,
    response: 'blank',
    times: 1,
    score: 0.87,
    people: 0,
    raisedAt,
    receivedAt,
    endedAt: null,
    durationMs: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    timesToday: 1,
    device: {
      build: '0.1.0+4fe2a91',
      flavour: 'demo',
      keyClass: 'keychain',
      model: 'coco-ssd@2.2.3#5e1bb9ac04d2',
      policyVersion: 3
    },
    timeline: [
      { at: raisedAt, what: 'seen', by: null },
      { at: receivedAt, what: 'received', by: null }
    ],
    ...change
  }
}
