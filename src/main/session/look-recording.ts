import { createWriteStream, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { recordingLine, type Recorded } from '../../core/observation/recording'
import type { Logger } from '../log/logger'

/**
 * Writes every judged look to a file, for replays: numbers and labels, in the clear. A tool of test and demo builds;
 * a release build is never told a file. A recording that can't be written ends, and the desk goes on without it.
 */
export function recordLooks(file: string | null, log: Logger): (look: Recorded) => void {
  if (file === null) return () => undefined
  mkdirSync(dirname(file), { recursive: true })
  // Written anew at each start: instants of two runs don't follow one another.
  const stream = createWriteStream(file, { flags: 'w' })
  let open = true
  stream.on('error', (error) => {
    open = false
    log.error({ error }, 'the recording of looks ended')
  })
  return (look) => {
    if (open) stream.write(recordingLine(look))
  }
}
