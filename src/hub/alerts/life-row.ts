import type { Life } from '../../core/alert/life'
import type { alert } from '../store/tables'

export type AlertRow = typeof alert.$inferSelect

const ms = (at: Date | null): number | null => at?.getTime() ?? null
const date = (at: number | null): Date | null => (at === null ? null : new Date(at))

/** An alert's life as the rules see it. */
export function lifeOf(row: AlertRow): Life {
  const { decidedAt, decidedBy, verdict, verdictReason, acknowledgedAt, acknowledgedBy } = row
  return {
    raisedAt: row.receivedAt.getTime(),
    acknowledged: acknowledgedAt === null ? null : { at: acknowledgedAt.getTime(), by: acknowledgedBy ?? '' },
    escalations: [
      ...(row.escalatedToLeadAt === null
        ? []
        : [{ level: 'lead' as const, at: row.escalatedToLeadAt.getTime() }]),
      ...(row.escalatedToOnCallAt === null
        ? []
        : [{ level: 'on-call' as const, at: row.escalatedToOnCallAt.getTime() }])
    ],
    escalateAt: ms(row.escalateAt),
    decision:
      decidedAt === null || decidedBy === null || verdict === null || verdictReason === null
        ? null
        : {
            at: decidedAt.getTime(),
            by: decidedBy,
            verdict,
            reason: verdictReason,
            note: row.verdictNote ?? ''
          },
    appealUntil: ms(row.appealUntil),
    appeal: appealOf(row),
    closedAt: ms(row.closedAt)
  }
}

function appealOf(row: AlertRow): Life['appeal'] {
  const { appealedAt, appealDueAt, appealAnsweredAt, appealAnsweredBy, appealUpheld } = row
  if (appealedAt === null) return null
  return {
    at: appealedAt.getTime(),
    statement: row.appealStatement ?? '',
    dueAt: (appealDueAt ?? appealedAt).getTime(),
    answer:
      appealAnsweredAt === null || appealAnsweredBy === null || appealUpheld === null
        ? null
        : {
            at: appealAnsweredAt.getTime(),
            by: appealAnsweredBy,
            upheld: appealUpheld,
            note: row.appealNote ?? ''
          }
  }
}

/** The columns that say it. */
export function columnsOf(life: Life): Partial<AlertRow> {
  const level = (which: 'lead' | 'on-call'): Date | null =>
    date(life.escalations.find((one) => one.level === which)?.at ?? null)
  const { decision, appeal } = life
  return {
    acknowledgedAt: date(life.acknowledged?.at ?? null),
    acknowledgedBy: life.acknowledged?.by ?? null,
    escalatedToLeadAt: level('lead'),
    escalatedToOnCallAt: level('on-call'),
    escalateAt: date(life.escalateAt),
    verdict: decision?.verdict ?? null,
    verdictReason: decision?.reason ?? null,
    verdictNote: decision?.note ?? null,
    decidedAt: date(decision?.at ?? null),
    decidedBy: decision?.by ?? null,
    appealUntil: date(life.appealUntil),
    appealStatement: appeal?.statement ?? null,
    appealedAt: date(appeal?.at ?? null),
    appealDueAt: date(appeal?.dueAt ?? null),
    appealUpheld: appeal?.answer?.upheld ?? null,
    appealNote: appeal?.answer?.note ?? null,
    appealAnsweredAt: date(appeal?.answer?.at ?? null),
    appealAnsweredBy: appeal?.answer?.by ?? null,
    closedAt: date(life.closedAt)
  }
}
