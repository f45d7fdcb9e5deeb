import { randomUUID } from 'node:crypto'
import { and, desc, eq, gte } from 'drizzle-orm'
import type { InstructionList, InstructRequest } from '../../contract/wire/v1/instruction'
import { INSTRUCTION_LIFE_MS, instructionKindSchema, mayInstruct } from '../../core/instruction/instruction'
import { ok } from '../../core/result'
import { recordAct } from '../audit/acts'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { within } from '../people/scope'
import { readNewest } from '../policy/newest'
import { wakeDevice } from '../store/admin/wake'
import type { Database, Queries } from '../store/open'
import { instruction } from '../store/oversight-tables'
import { person, workstation } from '../store/tables'

const SHOWN_MS = 86_400_000
const MAX_SHOWN = 50

/** Asks something of a desk. The desk holds it against the policy that it has itself; here it is only said sooner. */
export const instruct = (
  db: Database,
  viewer: Viewer,
  id: string,
  request: InstructRequest,
  now: Date
): Promise<Outcome<{ readonly accepted: true }>> =>
  db.transaction(async (tx) => {
    const desk = await deskOf(tx, viewer, id)
    if (desk === null) return noSuchDesk
    if (desk.newestBoot === null || desk.revokedAt !== null)
      return refuse('conflict', 'This desk does not run, so nothing can be asked of it.')
    if (!(await allowedBy(tx, viewer.organisationId)).includes(request.kind))
      return refuse('forbidden', 'The signed policy does not let the hub ask this of a desk.', {
        field: 'kind'
      })
    const made = randomUUID()
    await tx.insert(instruction).values({
      id: made,
      organisationId: desk.organisationId,
      teamId: desk.teamId,
      workstationId: desk.id,
      boot: desk.newestBoot,
      kind: request.kind,
      text: request.kind === 'message' ? request.text : null,
      askedBy: viewer.personId,
      askedAt: now,
      expiresAt: new Date(now.getTime() + INSTRUCTION_LIFE_MS)
    })
    await recordAct(tx, viewer, { act: `desk-${request.kind}`, subject: desk.id, detail: made }, now)
    await wakeDevice(tx, desk.id)
    return ok({ accepted: true as const })
  })

/** What was asked of a desk within the last day and what became of it, newest first. */
export async function instructionsOf(
  db: Queries,
  viewer: Viewer,
  id: string,
  now: Date
): Promise<Outcome<InstructionList>> {
  const desk = await deskOf(db, viewer, id)
  if (desk === null) return noSuchDesk
  const rows = await db
    .select({ row: instruction, by: person.name })
    .from(instruction)
    .innerJoin(person, eq(person.id, instruction.askedBy))
    .where(
      and(
        eq(instruction.workstationId, id),
        within(instruction, viewer),
        gte(instruction.askedAt, new Date(now.getTime() - SHOWN_MS))
      )
    )
    .orderBy(desc(instruction.askedAt))
    .limit(MAX_SHOWN)
  return ok({
    allowed: [...(await allowedBy(db, viewer.organisationId))],
    instructions: rows.map(({ row, by }) => ({
      id: row.id,
      kind: row.kind,
      text: row.text,
      by,
      at: row.askedAt.toISOString(),
      status: row.outcome ?? (row.expiresAt <= now ? 'expired' : 'waiting'),
      confirmedAt: row.confirmedAt?.toISOString() ?? null
    }))
  })
}

const noSuchDesk = refuse('not-found', 'There is no such desk in your team.')

async function deskOf(db: Queries, viewer: Viewer, id: string) {
  const rows = await db
    .select()
    .from(workstation)
    .where(and(eq(workstation.id, id), within(workstation, viewer)))
  return rows[0] ?? null
}

const allowedBy = readNewest((policy) =>
  instructionKindSchema.options.filter(
    (kind) =>
      mayInstruct(policy?.supervision?.instructions, kind) &&
      (kind !== 'support' || policy?.supervision?.support !== undefined)
  )
)
