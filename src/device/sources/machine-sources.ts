import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Reply } from '../../contract/service/question'
import type { ProbeLimits } from '../contract'
import { runProgram } from '../contract/run-program'
import { SourceError, type Sources, type ToolAnswer } from '../contract/sources'
import { askService } from '../service-client'
import { folderChangedMs, linkSource, listSource, readSource } from './read-file'

/** The most that is read from one source. The longest is the list of what a system would update. */
const MAX_SOURCE_BYTES = 2 * 1024 * 1024

/** What tools need of the environment: the display, the session's bus, the home folder. Nothing that loads code. */
const passed = [
  'HOME',
  'USER',
  'DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_RUNTIME_DIR',
  'SystemRoot',
  'USERPROFILE',
  'TEMP'
]

export interface MachineSourcesOptions {
  readonly limits: ProbeLimits
  /** Path of the privileged service's socket. */
  readonly serviceSocket: string
  /** Put before every path; empty for the machine itself. */
  readonly root?: string
  readonly environment?: Readonly<Record<string, string | undefined>>
}

/** The sources of the machine that this runs on. */
export function machineSources({
  limits,
  serviceSocket,
  root = '',
  environment = process.env
}: MachineSourcesOptions): Sources {
  const at = (path: string): string => (root === '' ? path : join(root, path))
  const kept = Object.fromEntries(
    passed.flatMap((name) => {
      const value = environment[name]
      return value === undefined ? [] : [[name, value]]
    })
  )
  const tools = { ...kept, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', LANG: 'C', TZ: 'UTC' }
  const ask = async (path: string, args: readonly string[]): Promise<ToolAnswer> => {
    const options = { environment: tools, maxBytes: MAX_SOURCE_BYTES, signal: limits.signal }
    const { code, stdout, stderr } = await runProgram(at(path), args, options)
    // Some write their answer to the second output; a warning there makes an answer that cannot be read, and no pass.
    return { code, output: stdout + stderr }
  }
  return {
    ask,
    tool: async (path, args) => {
      const { code, output } = await ask(path, args)
      if (code !== 0) throw new SourceError('unusable', `${path} ended with ${code}`)
      return output
    },
    file: (path) => readSource(at(path), MAX_SOURCE_BYTES),
    folder: (path) => listSource(at(path)),
    folderChangedMs: (path) => folderChangedMs(at(path)),
    link: (path) => linkSource(at(path)),
    variable: (name) => environment[name] || undefined,
    service: async (ask) => {
      const reply = await askService(serviceSocket, { id: randomUUID(), ask }, limits)
      if (!reply.ok)
        throw reply.error.kind === 'absent'
          ? new SourceError('absent', `no service at its socket (${reply.error.code})`)
          : new SourceError('unusable', `the service: ${reply.error.problem}`)
      if (reply.value.kind !== ask) throw new SourceError('unusable', refusalText(reply.value))
      return reply.value as Extract<Reply, { kind: typeof ask }>
    },
    wallMs: () => Date.now()
  }
}

const refusalText = (reply: Reply): string =>
  reply.kind === 'refused'
    ? `the service refused: ${reply.reason}, ${reply.message}`
    : `the service answered ${reply.kind}`
