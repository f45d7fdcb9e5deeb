import { and, desc, eq, gte } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { BreakGlassList, BreakGlassView, MayGrant } from '../../contract/wire/v1/break-glass'
import { REQUEST_LIFE_MS } from '../../core/break-glass/request'
import type { BreakGlassPolicy } from '../../core/policy/break-glass'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { within } from '../people/scope'
import { breakGlassPolicy, isOpen, peopleAt, type ExceptionRow } from '../store/admin/break-glass'
import type { Database, Queries } from '../store/open'
import { breakGlass, person, workstation as station } from '../store/tables'

const SHOWN_MS = 86_400_000
const MAX_SHOWN = 50

/** The requests of one desk of the viewer's team within the last day, newest first, and whether the viewer may grant them. */
export async function exceptionsOf(
  db: Database,
  viewer: Viewer,
  workstation: string,
  now: Date
): Promise<Outcome<BreakGlassList>> {
  const [desk] = await db
    .select({ id: station.id })
    .from(station)
    .where(and(eq(station.id, workstation), within(station, viewer)))
  if (desk === undefined) return refuse('not-found', 'There is no such desk in your team.')
  const decider = alias(person, 'decider')
  const rows = await db
    .select({ row: breakGlass, person: person.name, decider: decider.name })
    .from(breakGlass)
    .leftJoin(person, eq(person.id, breakGlass.personId))
    .leftJoin(decider, eq(decider.id, breakGlass.decidedBy))
    .where(
      and(
        eq(breakGlass.workstationId, workstation),
        eq(breakGlass.organisationId, viewer.organisationId),
        eq(breakGlass.teamId, viewer.teamId),
        gte(breakGlass.askedAt, new Date(now.getTime() - SHOWN_MS))
      )
    )
    .orderBy(desc(breakGlass.askedAt))
    .limit(MAX_SHOWN)
  const policy = await breakGlassPolicy(db, viewer.organisationId)
  const requests: BreakGlassView[] = []
  for (const { row, person: name, decider: by } of rows) {
    const may = await mayGrant(db, viewer, row, policy, now)
    requests.push(viewOf(row, viewer.me.organisation, { name, by }, may, now))
  }
  return ok({ requests })
}

async function mayGrant(
  db: Queries,
  viewer: Viewer,
  row: ExceptionRow,
  policy: BreakGlassPolicy | undefined,
  now: Date
): Promise<MayGrant> {
  if (!isOpen(row, now)) return { kind: 'no', why: 'answered' }
  if (policy === undefined) return { kind: 'no', why: 'nobody-may' }
  if ((await peopleAt(db, row)).includes(viewer.email)) return { kind: 'no', why: 'same-person' }
  if (!policy.checks.includes(row.checkName)) return { kind: 'no', why: 'not-waivable' }
  const own = policy.approvers.filter(({ email }) => email === viewer.email)
  if (own.length === 0) return { kind: 'no', why: 'not-an-approver' }
  const passkeys = own.flatMap(({ key }) =>
    key.kind === 'passkey' ? [{ credential: key.credential, rpId: key.rpId }] : []
  )
  return { kind: 'yes', approver: viewer.email, maxMinutes: policy.maxMinutes, passkeys }
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

function viewOf(
  row: ExceptionRow,
  organisation: string,
  names: { readonly name: string | null; readonly by: string | null },
  may: MayGrant,
  now: Date
): BreakGlassView {
  return {
    request: row.request,
    workstation: row.workstationId,
    organisation,
    nonce: row.nonce,
    person: row.personId === null ? null : { id: row.personId, name: names.name ?? '' },
    check: row.checkName,
    reason: row.reason,
    status: statusOf(row, now),
    askedAt: row.askedAt.toISOString(),
    answerBy: new Date(row.askedAt.getTime() + REQUEST_LIFE_MS).toISOString(),
    minutes: row.minutes,
    note: row.note,
    decidedBy: names.by,
    decidedAt: iso(row.decidedAt),
    usedAt: iso(row.usedAt),
    endedAt: iso(row.endedAt),
    end: row.endReason,
    may
  }
}

/** What a desk that was switched off never told of is over all the same once its time is. */
function statusOf(row: ExceptionRow, now: Date): BreakGlassView['status'] {
  if (row.status === 'asked' && !isOpen(row, now)) return 'expired'
  const over = row.usedAt === null ? Infinity : row.usedAt.getTime() + (row.minutes ?? 0) * 60_000
  return row.status === 'running' && now.getTime() > over ? 'ended' : row.status
}
