import { renameSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import pino, { type Logger as PinoLogger } from 'pino'
import { redact } from './redact'

type Fields = Readonly<Record<string, unknown>>

/** One line per change of state, with its reason. Every value passes `redact`. */
export interface Logger {
  info(fields: Fields, message: string): void
  warn(fields: Fields, message: string): void
  error(fields: Fields, message: string): void
  for(area: string): Logger
}

export interface OpenLog {
  readonly log: Logger
  /** Writes what is still in memory. */
  close(): void
}

const MAX_BYTES = 8 * 1024 * 1024

/** Logs to `havendesk.log` in the data folder, without ever waiting for the disk. One earlier file is kept. */
export function openLog(folder: string): OpenLog {
  const path = join(folder, 'havendesk.log')
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0
  if (size > MAX_BYTES) renameSync(path, `${path}.1`)
  const destination = pino.destination({ dest: path, sync: false, minLength: 0, mode: 0o600 })
  let lost = 0
  // A full disk loses log lines and nothing else: what must not be lost is in the outbox.
  destination.on('error', () => {
    lost += 1
  })
  const root = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination)
  return {
    log: wrap(root),
    close: () => {
      if (lost > 0) root.warn({ lost }, 'log lines were lost')
      try {
        destination.flushSync()
      } catch (error) {
        lost += error instanceof Error ? 1 : 0 // the file was never opened: there is nothing to write
      }
    }
  }
}

function wrap(to: PinoLogger): Logger {
  const home = homedir()
  const clean = (fields: Fields): Fields => redact(fields, home) as Fields
  return {
    info: (fields, message) => {
      to.info(clean(fields), message)
    },
    warn: (fields, message) => {
      to.warn(clean(fields), message)
    },
    error: (fields, message) => {
      to.error(clean(fields), message)
    },
    for: (area) => wrap(to.child({ area }))
  }
}
