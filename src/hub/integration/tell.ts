import { and, eq, gte, lt, sql } from 'drizzle-orm'
import type { CallFigures, Calls, Certifications, Schedule, Told } from '../../contract/wire/v1/integration'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import { callFigures, callState, certification, shift } from '../store/integration-tables'
import type { Database, Queries } from '../store/open'
import { peopleOf, tellTiles, type KnownPerson } from './people'

/** What other systems tell of people. Each batch is stored whole or not at all; telling it again changes nothing. */

type Entry = { readonly person: string }

async function tell<T extends Entry>(
  db: Database,
  organisationId: string,
  field: string,
  entries: readonly T[],
  now: Date,
  store: (tx: Queries, known: readonly (readonly [KnownPerson, T])[]) => Promise<void>,
  keyOf: (entry: T) => string = ({ person }) => person
): Promise<Outcome<Told>> {
  const keys = entries.map((entry) => keyOf({ ...entry, person: entry.person.trim().toLowerCase() }))
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (twice >= 0)
    return refuse('bad-request', 'The same is told twice in one request: leave one of them out.', {
      field: `${field}.${twice}`
    })
  return db.transaction(async (tx) => {
    const { known, unknown } = await peopleOf(
      tx,
      organisationId,
      entries.map(({ person }) => person)
    )
    const rows = entries.flatMap((entry) => {
      const found = known.get(entry.person)
      return found === undefined ? [] : [[found, entry] as const]
    })
    // People in one order, so that two systems that tell at once could not wait for each other.
    rows.sort(([a], [b]) => (a.id < b.id ? -1 : 1))
    if (rows.length > 0) await store(tx, rows)
    const ids = rows.map(([{ id }]) => id)
    await tellTiles(tx, ids, now)
    return ok({ taken: rows.length, unknownPeople: [...unknown] })
  })
}

const owned = ({ id, organisationId, teamId }: KnownPerson) => ({ personId: id, organisationId, teamId })

/** Who is on a call. What is older than what is known comes late, and changes nothing. */
export const tellCalls = (
  db: Database,
  organisationId: string,
  { calls }: Calls,
  now: Date
): Promise<Outcome<Told>> =>
  tell(db, organisationId, 'calls', calls, now, async (tx, rows) => {
    await tx
      .insert(callState)
      .values(
        rows.map(([who, { state, since }]) => ({
          ...owned(who),
          state,
          // A clock that is ahead would keep out what comes after it.
          since: new Date(Math.min(Date.parse(since), now.getTime())),
          toldAt: now
        }))
      )
      .onConflictDoUpdate({
        target: callState.personId,
        set: {
          organisationId: sql`excluded.organisation_id`,
          teamId: sql`excluded.team_id`,
          state: sql`excluded.state`,
          since: sql`excluded.since`,
          toldAt: sql`excluded.told_at`
        },
        setWhere: sql`${callState.since} <= excluded.since`
      })
  })

/** The figures of a day. */
export const tellFigures = (
  db: Database,
  organisationId: string,
  { figures }: CallFigures,
  now: Date
): Promise<Outcome<Told>> =>
  tell(
    db,
    organisationId,
    'figures',
    figures,
    now,
    async (tx, rows) => {
      await tx
        .insert(callFigures)
        .values(
          rows.map(([who, { day, calls, talkS, holdS, wrapUpS, adherence }]) => ({
            ...owned(who),
            ...{ day, calls, talkS, holdS, wrapUpS, adherence },
            toldAt: now
          }))
        )
        .onConflictDoUpdate({
          target: [callFigures.personId, callFigures.day],
          set: {
            calls: sql`excluded.calls`,
            talkS: sql`excluded.talk_s`,
            holdS: sql`excluded.hold_s`,
            wrapUpS: sql`excluded.wrap_up_s`,
            adherence: sql`excluded.adherence`,
            toldAt: sql`excluded.told_at`
          }
        })
    },
    ({ person, day }) => `${person} ${day}`
  )

/** Who works when. */
export const tellSchedule = (
  db: Database,
  organisationId: string,
  { people }: Schedule,
  now: Date
): Promise<Outcome<Told>> =>
  tell(db, organisationId, 'people', people, now, async (tx, rows) => {
    for (const [who, { from, to, shifts }] of rows) {
      await tx
        .delete(shift)
        .where(
          and(
            eq(shift.personId, who.id),
            gte(shift.startsAt, new Date(from)),
            lt(shift.startsAt, new Date(to))
          )
        )
      if (shifts.length === 0) continue
      await tx.insert(shift).values(
        shifts.map(({ startsAt, endsAt }) => ({
          ...owned(who),
          startsAt: new Date(startsAt),
          endsAt: new Date(endsAt)
        }))
      )
    }
  })

/** Licences and certifications. */
export const tellCertifications = (
  db: Database,
  organisationId: string,
  { people }: Certifications,
  now: Date
): Promise<Outcome<Told>> => {
  const twice = people.findIndex(({ certifications: all }) => {
    const keys = all.map(({ name, state }) => `${name} ${state ?? ''}`)
    return new Set(keys).size !== keys.length
  })
  if (twice >= 0)
    return Promise.resolve(
      refuse('bad-request', 'A certification of one name and state is told twice: leave one of them out.', {
        field: `people.${twice}.certifications`
      })
    )
  return tell(db, organisationId, 'people', people, now, async (tx, rows) => {
    for (const [who, { certifications }] of rows) {
      await tx.delete(certification).where(eq(certification.personId, who.id))
      if (certifications.length === 0) continue
      await tx.insert(certification).values(
        certifications.map(({ name, state, expiresOn }) => ({
          ...owned(who),
          ...{ name, state: state ?? '', expiresOn },
          toldAt: now
        }))
      )
    }
  })
}
