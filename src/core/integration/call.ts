import { z } from 'zod'

/** What a person does in the telephony system, in the words most of them share. */
export const callStateSchema = z.enum([
  'available',
  'ringing',
  'on-call',
  'on-hold',
  'wrap-up',
  'not-ready',
  'signed-out'
])
export type CallState = z.infer<typeof callStateSchema>

/** After so long without a word from telephony nothing is shown for a person, milliseconds: a long shift. */
export const CALL_STATE_LIFE_MS = 12 * 3_600_000

/** Whether a state that was told at `toldAt` still counts. */
export const callStateCounts = (toldAt: number, now: number): boolean => now - toldAt < CALL_STATE_LIFE_MS
