import { randomBytes, randomUUID } from 'node:crypto'
import { and, count, desc, eq, gt, isNotNull, isNull, max, sql } from 'drizzle-orm'
import type { ChannelList, DeadLetterList, MadeChannel, NewChannel } from '../../contract/wire/v1/connections'
import { hookUrlProblem, type HookUrlProblem } from './hook-url'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { channel, outboxMessage } from '../store/integration-tables'
import type { Database, Queries } from '../store/open'
import { organisation, person, team } from '../store/tables'
import { notifyOutbox } from './enqueue'
import { tellEverybody } from './readiness'
import type { HookSecrets } from './secret'

export interface OutboxSettings {
  readonly secrets: HookSecrets
  /** Whether this hub was given a mail server. */
  readonly hasMail: boolean
}

type Accepted = Outcome<{ readonly accepted: true }>
const accepted = ok({ accepted: true as const })
const MAX_CHANNELS = 20

const urlWords: Readonly<Record<HookUrlProblem, string>> = {
  'not-a-url': 'This is not a web address',
  'not-https': 'The address has to begin with https',
  'has-credentials': 'The address holds a name or password: messages are signed instead',
  'has-fragment': 'Leave out the part behind #',
  'forbidden-host': 'Nothing is sent to this machine itself or to an address of the local link'
}

/** Makes a channel, and tells a new webhook how everybody stands. The secret is shown once. */
export const makeChannel = (
  db: Database,
  viewer: Viewer,
  request: NewChannel,
  settings: OutboxSettings,
  now: Date
): Promise<Outcome<MadeChannel>> =>
  db.transaction(async (tx) => {
    const wrong = await problemOf(tx, viewer, request, settings)
    if (wrong !== null) return wrong
    const salt = randomBytes(16)
    const [row] = await tx
      .insert(channel)
      .values({
        id: randomUUID(),
        organisationId: viewer.organisationId,
        teamId: request.team ?? null,
        kind: request.kind,
        name: request.name,
        target: request.target,
        events: [...new Set(request.events)],
        salt,
        createdBy: viewer.personId,
        createdAt: now
      })
      .returning()
    if (row === undefined) throw new Error('a new channel was not stored')
    const detail = `${request.kind} ${request.events.join(' ')}`
    await recordAct(tx, viewer, { act: 'channel-made', subject: row.id, detail }, now)
    await tellEverybody(tx, row, now)
    return ok({ id: row.id, secret: request.kind === 'webhook' ? settings.secrets.secretOf(salt) : null })
  })

async function problemOf(tx: Queries, viewer: Viewer, request: NewChannel, { hasMail }: OutboxSettings) {
  const [owner] = await tx
    .select()
    .from(organisation)
    .where(eq(organisation.organisationId, viewer.organisationId))
  if (request.kind === 'webhook') {
    const problem = hookUrlProblem(request.target, owner?.demo === true)
    if (problem !== null) return refuse('bad-request', `${urlWords[problem]}.`, { field: 'target' })
  } else {
    if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+$/.test(request.target) || request.target.length > 200)
      return refuse('bad-request', 'This is not an e-mail address.', { field: 'target' })
    if (!hasMail)
      return refuse('conflict', 'This hub has no mail server. Start it with SMTP_URL, see docs/deploy.md.')
  }
  if (request.team !== undefined) {
    const found = await tx
      .select({ id: team.teamId })
      .from(team)
      .where(and(eq(team.teamId, request.team), eq(team.organisationId, viewer.organisationId)))
    if (found.length === 0)
      return refuse('not-found', 'Your organisation has no such team.', { field: 'team' })
  }
  const [many] = await tx
    .select({ n: count() })
    .from(channel)
    .where(and(eq(channel.organisationId, viewer.organisationId), isNull(channel.retiredAt)))
  if ((many?.n ?? 0) >= MAX_CHANNELS)
    return refuse('conflict', `There are ${MAX_CHANNELS} channels already. Retire one that nobody uses.`)
  return null
}

/** Ends a channel for good, and what waits for it with it. Retiring twice is no error. */
export const retireChannel = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  db.transaction(async (tx): Promise<Accepted> => {
    const mine = and(eq(channel.id, id), eq(channel.organisationId, viewer.organisationId))
    const [found] = await tx.select().from(channel).where(mine).for('update')
    if (found === undefined) return refuse('not-found', 'Your organisation has no such channel.')
    if (found.retiredAt !== null) return accepted
    await tx.update(channel).set({ retiredAt: now }).where(mine)
    await tx
      .update(outboxMessage)
      .set({ nextTryAt: null, deadAt: now, lastProblem: 'channel-retired' })
      .where(and(eq(outboxMessage.channelId, id), isNotNull(outboxMessage.nextTryAt)))
    await recordAct(tx, viewer, { act: 'channel-retired', subject: id, detail: '' }, now)
    return accepted
  })

/** The channels of the viewer's organisation that are in use. */
export async function listChannels(db: Queries, viewer: Viewer, hasMail: boolean): Promise<ChannelList> {
  const rows = await db
    .select({
      row: channel,
      by: person.name,
      team: team.name,
      waiting:
        sql<number>`count(${outboxMessage.id}) FILTER (WHERE ${outboxMessage.nextTryAt} IS NOT NULL)`.mapWith(
          Number
        ),
      dead: sql<number>`count(${outboxMessage.id}) FILTER (WHERE ${outboxMessage.deadAt} IS NOT NULL)`.mapWith(
        Number
      ),
      deliveredAt: max(outboxMessage.deliveredAt)
    })
    .from(channel)
    .innerJoin(person, eq(person.id, channel.createdBy))
    .leftJoin(team, eq(team.teamId, channel.teamId))
    .leftJoin(outboxMessage, eq(outboxMessage.channelId, channel.id))
    .where(and(eq(channel.organisationId, viewer.organisationId), isNull(channel.retiredAt)))
    .groupBy(channel.id, person.name, team.name)
    .orderBy(channel.createdAt)
  return {
    hasMail,
    channels: rows.map(({ row, by, team: of, waiting, dead, deliveredAt }) => ({
      id: row.id,
      kind: row.kind,
      name: row.name,
      target: row.target,
      events: row.events,
      team: of,
      madeBy: by,
      madeAt: row.createdAt.toISOString(),
      waiting,
      dead,
      deliveredAt: deliveredAt?.toISOString() ?? null
    }))
  }
}

const SHOWN = 100

/** What could not be delivered to the channels in use, the newest first. */
export async function listDeadLetters(db: Queries, viewer: Viewer): Promise<DeadLetterList> {
  const rows = await db
    .select({ letter: outboxMessage, channel })
    .from(outboxMessage)
    .innerJoin(channel, eq(channel.id, outboxMessage.channelId))
    .where(
      and(
        eq(outboxMessage.organisationId, viewer.organisationId),
        isNotNull(outboxMessage.deadAt),
        isNull(channel.retiredAt)
      )
    )
    .orderBy(desc(outboxMessage.deadAt))
    .limit(SHOWN)
  return {
    letters: rows.map(({ letter, channel: of }) => ({
      id: letter.id,
      channel: of.name,
      kind: of.kind,
      event: letter.event,
      createdAt: letter.createdAt.toISOString(),
      deadAt: (letter.deadAt ?? letter.createdAt).toISOString(),
      tries: letter.tries,
      problem: letter.lastProblem ?? ''
    }))
  }
}

/** Tries a dead letter again, from the beginning. What is overtaken is not sent: it would say what is no longer so. */
export const resendLetter = (db: Database, viewer: Viewer, id: string, now: Date): Promise<Accepted> =>
  db.transaction(async (tx): Promise<Accepted> => {
    const [found] = await tx
      .select({ letter: outboxMessage, retiredAt: channel.retiredAt })
      .from(outboxMessage)
      .innerJoin(channel, eq(channel.id, outboxMessage.channelId))
      .where(and(eq(outboxMessage.id, id), eq(outboxMessage.organisationId, viewer.organisationId)))
      .for('update', { of: outboxMessage })
    if (found === undefined) return refuse('not-found', 'Your organisation has no such message.')
    const { letter } = found
    if (found.retiredAt !== null) return refuse('conflict', 'The channel of this message is retired.')
    if (letter.deadAt === null) return accepted
    if (letter.event.startsWith('person.')) {
      const newer = await tx
        .select({ id: outboxMessage.id })
        .from(outboxMessage)
        .where(
          and(
            eq(outboxMessage.channelId, letter.channelId),
            eq(outboxMessage.subject, letter.subject),
            gt(outboxMessage.number, letter.number)
          )
        )
        .limit(1)
      if (newer.length > 0)
        return refuse('conflict', 'Something newer was told about this person since: it counts.')
    }
    await tx
      .update(outboxMessage)
      .set({ tries: 0, nextTryAt: now, deadAt: null })
      .where(eq(outboxMessage.id, id))
    await recordAct(tx, viewer, { act: 'message-resent', subject: id, detail: letter.event }, now)
    await notifyOutbox(tx)
    return accepted
  })
