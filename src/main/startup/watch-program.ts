import { compiledBuildKey } from '../integrity/build-key'
import type { Logger } from '../log/logger'
import type { Desk } from '../session/desk'
import { takeRefusedStart } from './refused-start'
import type { Sequence } from './sequence'
import { integrity } from './steps/integrity'

export interface ProgramPlace {
  /** The running program: `app.asar` when it was packaged, else a folder. */
  readonly program: string
  /** Folder of the built programs. */
  readonly programs: string
  readonly dataFolder: string
  readonly log: Logger
}

/**
 * Has the program's own files checked from now on. What was not packaged has no list to be held against, and is called
 * so. A start that the launcher refused earlier is told first.
 */
export async function watchProgram(sequence: Sequence, desk: Desk, place: ProgramPlace): Promise<void> {
  const { program, programs, dataFolder, log } = place
  const refused = takeRefusedStart(dataFolder)
  if (refused !== null) desk.event('program-altered', `refused to start: ${refused}`)
  if (compiledBuildKey() === null || !program.endsWith('.asar')) {
    desk.program.take({ kind: 'not-packaged' })
    return
  }
  desk.step('program', 'working')
  await sequence.perform(
    integrity({
      programs,
      log,
      archive: program,
      verdict: (verdict) => {
        desk.missing('integrity', false)
        desk.program.take(verdict)
      },
      died: () => {
        desk.missing('integrity', true)
        desk.event('helper-died', 'integrity')
      }
    })
  )
}
