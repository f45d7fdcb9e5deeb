import { z } from 'zod'

/** Main to every helper process, beside its own messages: is it there? */
export const pingSchema = z.strictObject({
  kind: z.literal('ping'),
  number: z.number().int().nonnegative()
})
export type Ping = z.infer<typeof pingSchema>

/** The answer, with the number of the question. A helper that gives none is stopped or hangs, and is ended. */
export const pongSchema = z.strictObject({
  kind: z.literal('pong'),
  number: z.number().int().nonnegative()
})
export type Pong = z.infer<typeof pongSchema>
