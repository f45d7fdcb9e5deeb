import { and, asc, desc, eq, gt, inArray, lt } from 'drizzle-orm'
import type { DeskWork, TileWork } from '../../contract/wire/v1/work'
import { CALL_STATE_LIFE_MS, callStateCounts } from '../../core/integration/call'
import { certificationStanding, certificationState, lacking } from '../../core/integration/certification'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { within } from '../people/scope'
import { callFigures, callState, certification, shift } from '../store/integration-tables'
import type { Queries } from '../store/open'
import { desk, person } from '../store/tables'
import { certificationsOf, requiredCertifications } from './shift-start'

const WEEK_MS = 7 * 86_400_000
/** A shift that begins later than this is not on a tile, milliseconds. */
const SOON_MS = 24 * 3_600_000

/** What other systems told of people, for their tiles; nobody is in it of whom nothing is known. */
export async function workOf(
  db: Queries,
  organisationId: string,
  personIds: readonly string[],
  now: Date
): Promise<ReadonlyMap<string, TileWork>> {
  if (personIds.length === 0) return new Map()
  const ids = [...new Set(personIds)]
  const at = now.getTime()
  const calls = await db
    .select()
    .from(callState)
    .where(
      and(
        inArray(callState.personId, ids),
        eq(callState.organisationId, organisationId),
        gt(callState.toldAt, new Date(at - CALL_STATE_LIFE_MS))
      )
    )
  const shifts = await db
    .select()
    .from(shift)
    .where(
      and(
        inArray(shift.personId, ids),
        eq(shift.organisationId, organisationId),
        gt(shift.endsAt, now),
        lt(shift.startsAt, new Date(at + SOON_MS))
      )
    )
    .orderBy(asc(shift.startsAt))
  const held = await db
    .select()
    .from(certification)
    .where(and(inArray(certification.personId, ids), eq(certification.organisationId, organisationId)))
  const required = await requiredCertifications(db, organisationId)
  const callOf = new Map(calls.map((row) => [row.personId, row]))
  const shiftOf = new Map([...shifts].reverse().map((row) => [row.personId, row]))
  const work = new Map<string, TileWork>()
  for (const id of ids) {
    const call = callOf.get(id)
    const own = shiftOf.get(id)
    const certifications = certificationStanding(
      required,
      held
        .filter(({ personId }) => personId === id)
        .map(({ name, state, expiresOn }) => ({ name, state: state === '' ? null : state, expiresOn })),
      at
    )
    if (call === undefined && own === undefined && certifications === null) continue
    work.set(id, {
      call:
        call === undefined || !callStateCounts(call.toldAt.getTime(), at)
          ? null
          : { state: call.state, since: call.since.toISOString() },
      shift:
        own === undefined ? null : { startsAt: own.startsAt.toISOString(), endsAt: own.endsAt.toISOString() },
      certifications
    })
  }
  return work
}

/** The same in full, of who is at a desk of the viewer's scope. */
export async function deskWork(
  db: Queries,
  viewer: Viewer,
  workstation: string,
  now: Date
): Promise<Outcome<DeskWork>> {
  const [found] = await db
    .select({ personId: desk.personId, name: person.name })
    .from(desk)
    .leftJoin(person, eq(person.id, desk.personId))
    .where(and(eq(desk.workstationId, workstation), within(desk, viewer)))
  if (found === undefined) return refuse('not-found', 'There is no such desk in your team.')
  const { personId } = found
  if (personId === null)
    return ok({ person: null, figures: null, shifts: [], certifications: [], lacking: [] })
  const [figures] = await db
    .select()
    .from(callFigures)
    .where(eq(callFigures.personId, personId))
    .orderBy(desc(callFigures.day))
    .limit(1)
  const shifts = await db
    .select()
    .from(shift)
    .where(
      and(
        eq(shift.personId, personId),
        gt(shift.endsAt, now),
        lt(shift.startsAt, new Date(now.getTime() + WEEK_MS))
      )
    )
    .orderBy(asc(shift.startsAt))
  const held = await certificationsOf(db, personId)
  const required = await requiredCertifications(db, viewer.organisationId)
  return ok({
    person: { id: personId, name: found.name ?? '' },
    figures:
      figures === undefined
        ? null
        : {
            day: figures.day,
            calls: figures.calls,
            talkS: figures.talkS,
            holdS: figures.holdS,
            wrapUpS: figures.wrapUpS,
            adherence: figures.adherence
          },
    shifts: shifts.map(({ startsAt, endsAt }) => ({
      startsAt: startsAt.toISOString(),
      endsAt: endsAt.toISOString()
    })),
    certifications: [...held]
      .sort((a, b) => (a.expiresOn < b.expiresOn ? -1 : 1))
      .map((one) => ({ ...one, standing: certificationState(one, now.getTime()) })),
    lacking: lacking(required, held, now.getTime()).map(({ requirement, why }) => ({ requirement, why }))
  })
}
