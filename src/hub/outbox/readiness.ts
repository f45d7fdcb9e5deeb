import { and, eq, inArray, isNotNull } from 'drizzle-orm'
import type { HookBody } from '../../contract/wire/v1/hook'
import { readinessOf, type DeskWord } from '../../core/integration/readiness'
import { deskWords } from '../integration/desk-words'
import type { Place } from '../stream/append'
import { toldReadiness } from '../store/integration-tables'
import type { Queries } from '../store/open'
import { desk, person, workstation } from '../store/tables'
import { hears, type ChannelRow } from './channels'
import { enqueue, type News } from './enqueue'

/**
 * Tells each channel for whom calls may ring, where that is not what it was told last. `changed` are the desks whose tiles
 * changed: who is at them, and whom they spoke for before, are looked at anew.
 */
export async function tellReadiness(
  tx: Queries,
  place: Place,
  channels: readonly ChannelRow[],
  changed: readonly string[],
  now: Date
): Promise<void> {
  const hearing = channels.filter((row) => hears(row, 'readiness'))
  if (hearing.length === 0 || changed.length === 0) return
  const here = await tx
    .select({ id: desk.personId })
    .from(desk)
    .where(and(inArray(desk.workstationId, [...changed]), isNotNull(desk.personId)))
  const before = await tx
    .select({ id: toldReadiness.personId })
    .from(toldReadiness)
    .where(
      and(
        inArray(toldReadiness.workstationId, [...changed]),
        inArray(
          toldReadiness.channelId,
          hearing.map(({ id }) => id)
        )
      )
    )
  const ids = [...new Set([...here, ...before].flatMap(({ id }) => (id === null ? [] : [id])))].sort()
  if (ids.length === 0) return
  const words = await wordsOf(tx, place.organisationId, ids, now)
  const news: News[] = []
  for (const row of hearing)
    for (const id of ids) {
      const word = words.get(id)
      if (word !== undefined) news.push(...(await newsFor(tx, place, row.id, id, word, now)))
    }
  await enqueue(tx, place, news, now)
}

interface PersonWords {
  readonly email: string
  readonly desks: readonly DeskWord[]
  readonly labels: ReadonlyMap<string, string>
}

/** What the desks of people say of them. */
async function wordsOf(
  tx: Queries,
  organisationId: string,
  ids: readonly string[],
  now: Date
): Promise<ReadonlyMap<string, PersonWords>> {
  const people = await tx
    .select({ id: person.id, email: person.email })
    .from(person)
    .where(and(inArray(person.id, [...ids]), eq(person.organisationId, organisationId)))
  const at = await tx
    .select({
      personId: desk.personId,
      teamId: desk.teamId,
      workstation: desk.workstationId,
      label: workstation.label
    })
    .from(desk)
    .innerJoin(workstation, eq(workstation.id, desk.workstationId))
    .where(and(inArray(desk.personId, [...ids]), eq(desk.organisationId, organisationId)))
  const words = await deskWords(tx, organisationId, at, now)
  return new Map(
    people.map(({ id, email }) => {
      const own = at.filter((row) => row.personId === id)
      return [
        id,
        {
          email,
          desks: own.flatMap((row) => words.get(row.workstation) ?? []),
          labels: new Map(own.map((row) => [row.workstation, row.label]))
        }
      ]
    })
  )
}

async function newsFor(
  tx: Queries,
  place: Place,
  channelId: string,
  personId: string,
  { email, desks, labels }: PersonWords,
  now: Date
): Promise<readonly News[]> {
  const found = readinessOf(desks)
  const mine = and(eq(toldReadiness.channelId, channelId), eq(toldReadiness.personId, personId))
  const [told] = await tx.select().from(toldReadiness).where(mine).for('update')
  if (told !== undefined && told.ready === found.ready) {
    if (told.workstationId !== found.workstation)
      await tx.update(toldReadiness).set({ workstationId: found.workstation }).where(mine)
    return []
  }
  const sequence = (told?.sequence ?? 0) + 1
  const row = { ready: found.ready, workstationId: found.workstation, sequence }
  await tx
    .insert(toldReadiness)
    .values({ channelId, personId, organisationId: place.organisationId, teamId: place.teamId, ...row })
    .onConflictDoUpdate({ target: [toldReadiness.channelId, toldReadiness.personId], set: row })
  const type = found.ready ? ('person.ready' as const) : ('person.not-ready' as const)
  const body: HookBody = {
    type,
    timestamp: now.toISOString(),
    data: {
      person: email,
      workstation: found.workstation === null ? null : (labels.get(found.workstation) ?? null),
      state: found.state,
      sequence
    }
  }
  return [{ channelId, event: type, subject: personId, once: `${personId} ${sequence}`, body }]
}

/** Tells a channel that is new how everybody of its teams stands now. */
export async function tellEverybody(tx: Queries, row: ChannelRow, now: Date): Promise<void> {
  const at = await tx
    .select({ workstation: desk.workstationId, teamId: desk.teamId })
    .from(desk)
    .where(
      and(
        eq(desk.organisationId, row.organisationId),
        isNotNull(desk.personId),
        row.teamId === null ? undefined : eq(desk.teamId, row.teamId)
      )
    )
  for (const teamId of [...new Set(at.map((one) => one.teamId))].sort()) {
    const own = at.filter((one) => one.teamId === teamId).map((one) => one.workstation)
    await tellReadiness(tx, { organisationId: row.organisationId, teamId }, [row], own, now)
  }
}
