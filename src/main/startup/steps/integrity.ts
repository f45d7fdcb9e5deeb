import { fromIntegritySchema, type FromIntegrity, type ToIntegrity } from '../../../contract/helper/integrity'
import type { ProgramVerdict } from '../../../core/integrity/alteration'
import { FLAVOUR } from '../../../core/flavour'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

/** From the end of one check to the start of the next, milliseconds. A test does not wait for minutes. */
const EVERY_MS = FLAVOUR === 'test' ? 3000 : 180_000

/** Checks the program's own files, now and through the session, in a process of its own. */
export const integrity = (options: {
  readonly programs: string
  readonly log: Logger
  /** The program's archive. */
  readonly archive: string
  readonly verdict: (verdict: ProgramVerdict) => void
  readonly died: () => void
}): Step<Helper<ToIntegrity, FromIntegrity>> => ({
  name: 'integrity',
  perform: () => {
    const helper: Helper<ToIntegrity, FromIntegrity> = new Helper<ToIntegrity, FromIntegrity>({
      name: 'integrity',
      programs: options.programs,
      from: fromIntegritySchema,
      started: () => helper.post({ kind: 'watch', archive: options.archive, everyMs: EVERY_MS }),
      message: ({ verdict, tookMs }) => {
        options.log.info({ verdict: verdict.kind, ms: Math.round(tookMs) }, 'the program was checked')
        options.verdict(verdict)
      },
      died: options.died,
      log: options.log
    })
    helper.start()
    return helper
  },
  revert: (helper) => helper?.stop()
})
