import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { OWN_ALERTS_PATH, OWN_APPEAL_PATH } from '../../../../src/contract/wire/v1/alert-life'
import { json, type Lie } from '../../lying-hub'
import type { HostileCase, Surface } from '../case'
import type { Workstation } from '../../workstation'

type Fields = Readonly<Record<string, unknown>>
const at = new Date().toISOString()
const answer = { upheld: true, note: 'Sample note', at }
const appealed = { statement: 'Sample statement', at, dueAt: at, answer }
const decision = { verdict: 'agreed', reason: 'breach', note: 'Sample note', at }
const alert = {
  id: randomUUID(),
  rule: 'phone',
  raisedAt: at,
  endedAt: at,
  hidden: true,
  stage: 'closed',
  decision,
  appealUntil: at,
  appeal: appealed
}

const listing =
  (change: Fields): (() => Lie) =>
  () =>
    json({ v: 1, alerts: [{ ...alert, ...change }] })
const look = async (station: Workstation): Promise<void> => {
  await station.ownAlerts()
}

/** Each field with what it cannot be, by its place in an alert. */
const malformed: readonly (readonly [string, Fields])[] = [
  ['id', { id: 'it' }],
  ['rule', { rule: 'blinked' }],
  ['raisedAt', { raisedAt: 'yesterday' }],
  ['endedAt', { endedAt: 0 }],
  ['hidden', { hidden: 'no' }],
  ['stage', { stage: 'dismissed' }],
  ['decision.verdict', { decision: { ...decision, verdict: 'dismissed' } }],
  ['decision.reason', { decision: { ...decision, reason: '' } }],
  ['decision.note', { decision: { ...decision, note: 1 } }],
  ['decision.at', { decision: { ...decision, at: 'soon' } }],
  ['appealUntil', { appealUntil: 'for ever' }],
  ['appeal.statement', { appeal: { ...appealed, statement: null } }],
  ['appeal.at', { appeal: { ...appealed, at: 'soon' } }],
  ['appeal.dueAt', { appeal: { ...appealed, dueAt: '' } }],
  ['appeal.answer.upheld', { appeal: { ...appealed, answer: { ...answer, upheld: 'yes' } } }],
  ['appeal.answer.note', { appeal: { ...appealed, answer: { ...answer, note: [] } } }],
  ['appeal.answer.at', { appeal: { ...appealed, answer: { ...answer, at: 5 } } }]
]

/** What a hub says that it holds about who is signed in. It is read by that person, and by nothing else. */
export const ownAlerts: Surface = {
  path: OWN_ALERTS_PATH,
  provoke: look,
  cases: {
    'ownAlerts.v': [
      {
        what: 'alerts of another version',
        lie: () => json({ v: 2, alerts: [] }),
        record: "own-alerts: the reply is not the hub's (v)"
      }
    ],
    ...Object.fromEntries(
      malformed.map(([field, change]): [string, readonly HostileCase[]] => [
        `ownAlerts.alerts[].${field}`,
        [
          {
            what: `an alert with another ${field}`,
            lie: listing(change),
            record: `own-alerts: the reply is not the hub's (alerts.0.${field})`
          }
        ]
      ])
    ),
    'an alert that never was': [
      {
        what: 'an alert that never was',
        lie: listing({}),
        record: null,
        why: 'it is shown to the person who asked and changes nothing at the desk'
      }
    ]
  }
}

const said = async (station: Workstation): Promise<void> => {
  expect(await station.appeal(randomUUID(), 'Sample statement')).toBe('hub-unreachable')
}
export const appeal: Surface = {
  path: OWN_APPEAL_PATH,
  provoke: said,
  cases: {
    'appeal.accepted': [
      {
        what: 'an objection that is neither taken nor refused',
        lie: () => json({ accepted: 'later' }),
        record: "own-alerts/appeal: the reply is not the hub's (accepted)"
      }
    ]
  }
}
