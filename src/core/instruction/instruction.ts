import { z } from 'zod'

/** What somebody at the console may ask of a desk. */
export const instructionKindSchema = z.enum([
  'lock',
  'unlock',
  'message',
  'end-session',
  'check',
  'reload-policy',
  'support'
])
export type InstructionKind = z.infer<typeof instructionKindSchema>

/** The longest that an instruction waits for its desk, milliseconds: what comes later would surprise. */
export const INSTRUCTION_LIFE_MS = 60_000

/** A message to the person at the desk. */
export const messageTextSchema = z.string().trim().min(1).max(280)

/**
 * What the signed policy lets the hub ask. What it leaves out: everything that hides, tells or looks, no unlocking and no
 * support. A hub that was taken over cannot open a desk by it.
 */
export const instructionPolicySchema = z.strictObject({
  allow: z.array(instructionKindSchema).max(instructionKindSchema.options.length)
})
export const defaultInstructions: readonly InstructionKind[] = [
  'lock',
  'message',
  'end-session',
  'check',
  'reload-policy'
]

/** One instruction, as it goes to the desk. */
export const instructionSchema = z.discriminatedUnion('kind', [
  z.strictObject({ id: z.uuid(), kind: z.literal('lock'), by: z.string().max(200), at: z.iso.datetime() }),
  z.strictObject({ id: z.uuid(), kind: z.literal('unlock'), by: z.string().max(200), at: z.iso.datetime() }),
  z.strictObject({
    id: z.uuid(),
    kind: z.literal('message'),
    by: z.string().max(200),
    at: z.iso.datetime(),
    text: messageTextSchema
  }),
  z.strictObject({
    id: z.uuid(),
    kind: z.literal('end-session'),
    by: z.string().max(200),
    at: z.iso.datetime()
  }),
  /** Look at everything about the computer again, now. */
  z.strictObject({ id: z.uuid(), kind: z.literal('check'), by: z.string().max(200), at: z.iso.datetime() }),
  /** Ask the hub for newer rules at once. */
  z.strictObject({
    id: z.uuid(),
    kind: z.literal('reload-policy'),
    by: z.string().max(200),
    at: z.iso.datetime()
  }),
  /** Let the programs run by which somebody helps, for as long as the signed policy says. */
  z.strictObject({ id: z.uuid(), kind: z.literal('support'), by: z.string().max(200), at: z.iso.datetime() })
])
export type Instruction = z.infer<typeof instructionSchema>

/** What a desk made of an instruction. */
export const instructionOutcomeSchema = z.enum([
  'done',
  /** The policy in force at the desk does not allow it. */
  'not-allowed',
  /** Nobody is signed in, so there is nothing to do it to. */
  'nobody-here'
])
export type InstructionOutcome = z.infer<typeof instructionOutcomeSchema>

/** The desk's word for the record. */
export const instructionRecordSchema = z.strictObject({ id: z.uuid(), outcome: instructionOutcomeSchema })
export type InstructionRecord = z.infer<typeof instructionRecordSchema>

/** Whether a policy lets the hub ask this of a desk. */
export const mayInstruct = (
  stated: { readonly allow: readonly InstructionKind[] } | undefined,
  kind: InstructionKind
): boolean => (stated?.allow ?? defaultInstructions).includes(kind)
