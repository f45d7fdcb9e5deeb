import { and, asc, eq, gt, inArray, isNull } from 'drizzle-orm'
import type { MadeTicket, NewTicket, TicketList } from '../../contract/wire/v1/enrolment-admin'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { findOrganisation } from '../store/admin/organisation'
import { AdminRefusal } from '../store/admin/refusal'
import { issueTicket } from '../store/admin/ticket'
import { newestRoot, openRoot } from '../store/admin/trust'
import { auditAct } from '../store/oversight-tables'
import type { Database, Queries } from '../store/open'
import { enrolmentToken, person, team } from '../store/tables'
import { hostOf } from '../tls/host-of'

/** What of this hub stands in a ticket. */
export interface TicketSettings {
  /** The hub's certificate authority, PEM. */
  readonly hubCa: string
  /** The names that its certificate is good for, those that IT gave it first. */
  readonly hostNames: readonly string[]
  readonly port: number
}

/** Tickets of an organisation that can be used at one time. */
const MAX_OPEN = 500

/** The tickets of the viewer's organisation that can still be used, and what a new one can be made of. */
export async function listTickets(
  db: Queries,
  viewer: Viewer,
  { hostNames, port }: TicketSettings,
  now: Date
): Promise<TicketList> {
  const teams = await db
    .select({ id: team.teamId, name: team.name })
    .from(team)
    .where(eq(team.organisationId, viewer.organisationId))
    .orderBy(asc(team.name))
  const rows = await db
    .select({ token: enrolmentToken, team: team.name, person: person.name })
    .from(enrolmentToken)
    .innerJoin(team, eq(team.teamId, enrolmentToken.teamId))
    .leftJoin(person, eq(person.id, enrolmentToken.personId))
    .where(open(viewer, now))
    .orderBy(asc(enrolmentToken.expiresAt))
    .limit(MAX_OPEN)
  const makers = await makersOf(
    db,
    viewer,
    rows.map(({ token }) => token.id)
  )
  return {
    hubUrls: hostNames.map((name) => urlOf(name, port)),
    teams,
    tickets: rows.map((row) => ({
      id: row.token.id,
      label: row.token.label,
      team: row.team,
      person: row.person,
      madeAt: row.token.createdAt.toISOString(),
      madeBy: makers.get(row.token.id) ?? null,
      expiresAt: row.token.expiresAt.toISOString()
    }))
  }
}

/** Makes a ticket for a team of the viewer's organisation. What it holds is answered once and kept nowhere. */
export async function makeTicket(
  db: Database,
  viewer: Viewer,
  request: NewTicket,
  { hubCa, hostNames }: TicketSettings,
  now: Date
): Promise<Outcome<MadeTicket>> {
  // A workstation believes nobody else under the hub's certificate: such a ticket could only fail, or be a trap.
  if (!hostNames.includes(hostOf(request.hubUrl)))
    return refuse('bad-request', `The hub’s certificate is good for ${hostNames.join(', ')}.`, {
      field: 'hubUrl'
    })
  return db.transaction(async (tx): Promise<Outcome<MadeTicket>> => {
    const [place] = await tx
      .select({ name: team.name })
      .from(team)
      .where(and(eq(team.teamId, request.team), eq(team.organisationId, viewer.organisationId)))
    if (place === undefined)
      return refuse('bad-request', 'Your organisation has no such team.', { field: 'team' })
    const owner = await findOrganisation(tx, viewer.me.organisation)
    // Read once: another one may be published meanwhile, and what is shown has to be what the ticket pins.
    const envelope = await newestRoot(tx, owner.id)
    const root = openRoot(owner, envelope)
    if (root === null)
      return refuse(
        'conflict',
        'Your organisation trusts no policy key yet. Do "havendesk keys trust" first.'
      )
    if ((await tx.$count(enrolmentToken, open(viewer, now))) >= MAX_OPEN)
      return refuse('conflict', `There are ${MAX_OPEN} open tickets already. Withdraw those nobody needs.`)
    const issued = await issueTicket(
      tx,
      {
        organisation: owner.name,
        team: place.name,
        label: request.label,
        simulated: false,
        hours: request.hours,
        person: request.person ?? undefined,
        hubUrl: request.hubUrl,
        hubCa,
        root: envelope
      },
      now
    ).catch((error: unknown) => {
      if (error instanceof AdminRefusal) return error
      throw error
    })
    // Everything else was looked at before: what is left is whom it is for.
    if (issued instanceof AdminRefusal) return refuse('not-found', issued.message, { field: 'person' })
    const { id, expiresAt, ticket } = issued
    await recordAct(tx, viewer, { act: 'ticket-made', subject: id, detail: `${request.hours} h` }, now)
    const keyIds = root.roles.root.keys.map(({ keyId }) => keyId)
    return ok({ id, expiresAt: expiresAt.toISOString(), ticket, pinned: { root: root.version, keyIds } })
  })
}

/** Ends a ticket that nobody used. One that is over already is no error; one that was used is. */
export const withdrawTicket = (
  db: Database,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> =>
  db.transaction(async (tx) => {
    const mine = and(eq(enrolmentToken.id, id), eq(enrolmentToken.organisationId, viewer.organisationId))
    const [found] = await tx.select().from(enrolmentToken).where(mine).for('update')
    if (found === undefined) return refuse('not-found', 'Your organisation has no such ticket.')
    if (found.usedAt !== null)
      return refuse('conflict', 'This ticket was used already. Shut the computer out instead.')
    if (found.expiresAt > now) {
      // A ticket that is over is refused by every hub there ever was; that it was withdrawn stands in the record.
      await tx.update(enrolmentToken).set({ expiresAt: now }).where(mine)
      await recordAct(tx, viewer, { act: 'ticket-withdrawn', subject: id, detail: '' }, now)
    }
    return ok({ accepted: true as const })
  })

const open = ({ organisationId }: Viewer, now: Date) =>
  and(
    eq(enrolmentToken.organisationId, organisationId),
    isNull(enrolmentToken.usedAt),
    gt(enrolmentToken.expiresAt, now)
  )

/** Who made each of these at the console. */
async function makersOf(
  db: Queries,
  { organisationId }: Viewer,
  ids: readonly string[]
): Promise<ReadonlyMap<string | null, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .select({ id: auditAct.subject, by: person.name })
    .from(auditAct)
    .innerJoin(person, eq(person.id, auditAct.personId))
    .where(
      and(
        eq(auditAct.organisationId, organisationId),
        eq(auditAct.act, 'ticket-made'),
        inArray(auditAct.subject, [...ids])
      )
    )
  return new Map(rows.map(({ id, by }) => [id, by]))
}

const urlOf = (name: string, port: number): string =>
  `https://${name.includes(':') ? `[${name}]` : name}:${port}`
