import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { beginReplay, replay, type Replay } from '../../core/compliance/replay'
import { describeRecordingProblem, readRecordingLine } from '../../core/observation/recording'
import type { Policy } from '../../core/policy/policy'
import { ProvisionError } from '../problem'

/** A line of a recording has a few hundred bytes. */
const MAX_LINE = 16_384

/**
 * Replays a recording under every policy given, line by line, so that a whole day needs no more memory than a minute.
 * Throws a `ProvisionError` that names the first line that can't be read, its field and the remedy.
 */
export async function replayFile(file: string, policies: readonly Policy[]): Promise<readonly Replay[]> {
  let runs = policies.map(beginReplay)
  let line = 0
  let after = 0
  const stream = createReadStream(file, 'utf8')
  try {
    for await (const text of createInterface({ input: stream, crlfDelay: Infinity })) {
      line += 1
      if (text === '') continue
      const read = text.length > MAX_LINE ? tooLong(line) : readRecordingLine(text, line, after)
      if (!read.ok) throw new ProvisionError(`${file}: ${describeRecordingProblem(read.error)}`)
      after = read.value.at
      runs = runs.map((run) => replay(run, read.value))
    }
  } catch (error) {
    if (error instanceof ProvisionError) throw error
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'it is not text'
    throw new ProvisionError(
      `${file} cannot be read (${why}). Give a recording of looks with --observations.`
    )
  } finally {
    stream.destroy()
  }
  if (runs[0]?.looks === 0)
    throw new ProvisionError(`${file} holds no look. Record one first; see docs/vision.md.`)
  return runs
}

const tooLong = (line: number) =>
  ({
    ok: false,
    error: {
      line,
      field: '',
      problem: `it is longer than ${MAX_LINE} characters`,
      remedy: 'a recording has one look a line; is this the right file?'
    }
  }) as const
