import type { LifeView } from '../../contract/wire/v1/alert-life'
import type { AlertView } from '../../contract/wire/v1/console'
import { levelOf, stageOf, type Done, type Life } from '../../core/alert/life'
import { lifeOf } from './life-row'
import type { ViewRow } from './view'

export const iso = (at: number): string => new Date(at).toISOString()
const isoOrNull = (at: number | null): string | null => (at === null ? null : iso(at))

/**
 * What people made of an alert, as it goes over the wire. `done` says when an act was done, and by whom where its reader
 * is told; `whose` is the act's name in the row.
 */
export function lifeShape<D>(life: Life, done: (act: Done, whose: 'decider' | 'answerer') => D) {
  const { decision, appeal } = life
  return {
    stage: stageOf(life),
    decision:
      decision === null
        ? null
        : {
            verdict: decision.verdict,
            reason: decision.reason,
            note: decision.note,
            ...done(decision, 'decider')
          },
    appealUntil: isoOrNull(life.appealUntil),
    appeal:
      appeal === null
        ? null
        : {
            statement: appeal.statement,
            at: iso(appeal.at),
            dueAt: iso(appeal.dueAt),
            answer:
              appeal.answer === null
                ? null
                : {
                    upheld: appeal.answer.upheld,
                    note: appeal.answer.note,
                    ...done(appeal.answer, 'answerer')
                  }
          }
  }
}

/** For the console: with the names of who did it, and whose turn it is. */
export function lifeViewOf(row: Pick<ViewRow, 'alert' | 'decider' | 'answerer'>): LifeView {
  const life = lifeOf(row.alert)
  return {
    ...lifeShape(life, ({ at, by }, whose) => ({ at: iso(at), by: { id: by, name: row[whose] ?? '' } })),
    level: levelOf(life),
    escalateAt: isoOrNull(life.escalateAt),
    closedAt: isoOrNull(life.closedAt)
  }
}

/** Everything that happened to an alert, oldest first. */
export function timelineOf(row: ViewRow): AlertView['timeline'] {
  type Entry = AlertView['timeline'][number]
  const entry = (what: Entry['what'], at: Date | null, by: string | null = null): Entry[] =>
    at === null ? [] : [{ at: at.toISOString(), what, by }]
  const { alert: stored } = row
  return [
    ...entry('seen', stored.raisedAt),
    ...entry('received', stored.receivedAt),
    ...entry('delivered', stored.deliveredAt, row.deliverer),
    ...entry('escalated-lead', stored.escalatedToLeadAt),
    ...entry('escalated-on-call', stored.escalatedToOnCallAt),
    ...entry('acknowledged', stored.acknowledgedAt, row.acknowledger),
    ...entry('ended', stored.endedAt),
    ...entry(stored.verdict ?? 'agreed', stored.decidedAt, row.decider),
    ...entry('appealed', stored.appealedAt, row.person),
    ...entry(
      stored.appealUpheld === true ? 'appeal-upheld' : 'appeal-dismissed',
      stored.appealAnsweredAt,
      row.answerer
    ),
    ...entry('closed', stored.closedAt)
  ].sort((left, right) => left.at.localeCompare(right.at))
}
