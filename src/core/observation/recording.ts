import { z } from 'zod'
import { err, ok, type Result } from '../result'
import { observationSchema } from './observation'

/** One line of a recording: what the sensor said, and when. Numbers and labels only, as in every observation. */
export const recordedSchema = z.strictObject({
  /** Monotonic instant of the frame, milliseconds; only differences mean anything. */
  at: z.number().nonnegative(),
  observation: observationSchema
})
export type Recorded = z.infer<typeof recordedSchema>

/** One thing wrong with a recording. */
export interface RecordingProblem {
  /** From 1. */
  readonly line: number
  /** Dotted path; empty for the line itself. */
  readonly field: string
  readonly problem: string
  readonly remedy: string
}

const RECORD_AGAIN = 'record it again with this version of the program, or take the line out'

/** A recording is a file of these, one JSON document a line. */
export const recordingLine = (recorded: Recorded): string => `${JSON.stringify(recorded)}\n`

/** Reads one line. `line` is its number, `after` the instant of the line before it. */
export function readRecordingLine(
  text: string,
  line: number,
  after: number
): Result<Recorded, RecordingProblem> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    // What the parser says quotes the line; its number is enough to find it.
    return err({ line, field: '', problem: 'it is not JSON', remedy: RECORD_AGAIN })
  }
  const read = recordedSchema.safeParse(json)
  if (!read.success) {
    const [issue] = read.error.issues
    const key = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
    const field = [...(issue?.path ?? []), ...key].map(String).join('.')
    return err({ line, field, problem: issue?.message ?? 'not a recorded look', remedy: RECORD_AGAIN })
  }
  if (read.data.at < after) {
    const remedy = 'cut the file where the program was started anew, and replay each part'
    return err({
      line,
      field: 'at',
      problem: `it goes back in time, from ${after} ms to ${read.data.at} ms`,
      remedy
    })
  }
  return ok(read.data)
}

/** One problem as a line of text: `line 7: observation.phone: Invalid input: record it again…`. */
export const describeRecordingProblem = ({ line, field, problem, remedy }: RecordingProblem): string =>
  [`line ${line}`, ...(field === '' ? [] : [field]), problem, remedy].join(': ')
