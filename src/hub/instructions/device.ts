import { and, asc, eq, gt, isNull } from 'drizzle-orm'
import { MAX_INSTRUCTIONS, type InstructionsReply } from '../../contract/wire/v1/instruction'
import { instructionSchema, type InstructionRecord } from '../../core/instruction/instruction'
import { ok } from '../../core/result'
import { forDevice, type HandOutSettings } from '../attestation/for-device'
import type { ProvenClaims } from '../attestation/proof'
import type { WorkstationRow } from '../attestation/sequence'
import { note } from '../ingest/note'
import type { Outcome } from '../outcome'
import type { Database, Queries } from '../store/open'
import { instruction } from '../store/oversight-tables'
import { person } from '../store/tables'

/** What is asked of this run of a desk and waits for its word, oldest first. What is too old is not handed out. */
export const instructionsFor = (
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings
): Promise<Outcome<InstructionsReply>> =>
  forDevice(db, claims, settings, async (tx, row) => {
    const rows = await tx
      .select({ row: instruction, by: person.name })
      .from(instruction)
      .innerJoin(person, eq(person.id, instruction.askedBy))
      .where(
        and(
          eq(instruction.workstationId, row.id),
          eq(instruction.boot, claims.boot),
          isNull(instruction.outcome),
          gt(instruction.expiresAt, settings.now)
        )
      )
      .orderBy(asc(instruction.askedAt))
      .limit(MAX_INSTRUCTIONS)
    const instructions = rows.map(({ row: { id, kind, text, askedAt }, by }) =>
      instructionSchema.parse({
        id,
        kind,
        by,
        at: askedAt.toISOString(),
        ...(text === null ? {} : { text })
      })
    )
    return ok({ v: 1, instructions })
  })

/** The desk's word for what it made of an instruction. The first one counts; what it was never asked is noted. */
export async function confirmInstruction(
  tx: Queries,
  row: WorkstationRow,
  { id, outcome }: InstructionRecord,
  now: Date
): Promise<void> {
  const confirmed = await tx
    .update(instruction)
    .set({ outcome, confirmedAt: now })
    .where(and(eq(instruction.id, id), eq(instruction.workstationId, row.id), isNull(instruction.outcome)))
    .returning({ id: instruction.id })
  if (confirmed.length === 0) await note(tx, row, { code: 'unknown-instruction', detail: id, count: 1 }, now)
}
