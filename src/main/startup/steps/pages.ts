import { join } from 'node:path'
import { listPages, type ServedFile } from '../../hardening/files'
import { compiledManifest, listModels } from '../../hardening/models'
import { openOwnSessions, type OwnSessions } from '../../windows/sessions'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

/** Sessions of our own windows, with our scheme served from the list of built files and checked models. */
export const pages = (
  program: string,
  log: Logger,
  devTools: boolean,
  altered: (path: string) => void,
  installed: (path: string) => ServedFile | undefined
): Step<OwnSessions> => ({
  name: 'pages',
  perform: () => {
    const files = new Map<string, ServedFile>([
      ...listPages(join(program, 'renderer')),
      ...listModels(compiledManifest(), join(program, 'models'))
    ])
    return openOwnSessions(
      {
        files: { get: (path) => files.get(path) ?? installed(path) },
        altered,
        unreadable: (path, error) => {
          log.error({ path, error }, 'a listed file could not be read')
        }
      },
      devTools ? ['devtools:'] : []
    )
  },
  revert: (sessions) => sessions?.close()
})
