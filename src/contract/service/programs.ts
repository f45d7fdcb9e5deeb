import { z } from 'zod'

/** As many as fit into one line of an answer, with the longest path that is passed on. */
export const MAX_PROGRAMS = 24

/** Asks which files these processes run: only root may look at those of others. Arguments are never asked for. */
export const programsQuestion = z.strictObject({
  id: z.uuid(),
  ask: z.literal('programs'),
  pids: z.array(z.number().int().min(1).max(0x7fff_ffff)).min(1).max(MAX_PROGRAMS),
  /** Reads the SHA-256 of each file as well. */
  hashes: z.boolean()
})

export const programsReply = z.strictObject({
  kind: z.literal('programs'),
  id: z.uuid(),
  /** One for each process that is still there and runs a file. */
  programs: z
    .array(
      z.strictObject({
        pid: z.number().int(),
        /** Clock ticks since the system started. */
        start: z.string().regex(/^\d{1,20}$/),
        /** Null when it never lay on a disk. */
        path: z.string().max(400).nullable(),
        gone: z.enum(['deleted', 'in-memory']).nullable(),
        installed: z.boolean(),
        sha256: z
          .string()
          .regex(/^[0-9a-f]{64}$/)
          .optional()
      })
    )
    .max(MAX_PROGRAMS)
})
export type ProgramsReply = z.infer<typeof programsReply>
