import { resolve } from 'node:path'
import { normalEnvironment } from './normal-environment'

export interface Start {
  readonly argv: readonly string[]
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly platform: NodeJS.Platform
  /** The application's own path: the one argument that a runtime that is not packaged has to be given. */
  readonly program: string
}

const MAX_NAMES = 20

/**
 * Names what a release build was started with and a desktop does not give it: every argument (a recorded camera, a
 * debugger, another proxy all come as one), and every variable that is not known to be harmless. Names only, since values
 * may hold secrets. Empty when all is well.
 */
export function unsafeStart({ argv, environment, platform, program }: Start): readonly string[] {
  const given = argv.slice(1).filter((argument) => !isProgram(argument, program))
  const switches = given.map((argument) =>
    argument.startsWith('-') ? (argument.split('=', 1)[0] ?? '-') : 'an argument'
  )
  const normal = normalEnvironment[platform] ?? []
  const variables = Object.entries(environment).filter(([name, value]) => {
    if (value === undefined || value === '') return false
    return !normal.some((known) => known.name.test(name) && (known.value?.test(value) ?? true))
  })
  return [...new Set([...switches, ...variables.map(([name]) => name)])]
    .map((name) => name.replaceAll(/[^\x21-\x7e ]/g, '?').slice(0, 60))
    .slice(0, MAX_NAMES)
}

const isProgram = (argument: string, program: string): boolean =>
  !argument.startsWith('-') && resolve(argument) === resolve(program)
