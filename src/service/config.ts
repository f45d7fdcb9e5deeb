import { constants, openSync, closeSync, fstatSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { err, ok, type Result } from '../core/result'
import type { Flavour } from '../core/flavour'
import type { Platform } from '../device/contract'
import type { AllowedPeers } from './peers'

export interface ServiceConfig {
  readonly socket: string
  readonly allowed: AllowedPeers
  /** True when any user may open the socket and the peer check alone decides; false when the file mode keeps others out. */
  readonly shared: boolean
  /** Where what settings were is kept while they are otherwise. */
  readonly journal: string
}

/** Written by the installer, owned by root. */
export const CONFIG_FILE = '/etc/havendesk/service.json'
const MAX_BYTES = 16 * 1024

const fileSchema = z.strictObject({
  allowUids: z.array(z.number().int().min(0).max(0xffff_fffe)).max(64).default([]),
  allowSids: z
    .array(z.string().regex(/^S-1-[0-9-]+$/))
    .max(64)
    .default([])
})

/**
 * A release takes its fixed socket and root's file, and no argument at all. The other flavours take `--socket=PATH` and
 * serve the user they run as.
 */
export function readConfig(
  flavour: Flavour,
  args: readonly string[],
  platform: Platform,
  configFile = CONFIG_FILE
): Result<ServiceConfig, string> {
  return flavour === 'release' ? releaseConfig(args, platform, configFile) : ownUserConfig(args, platform)
}

function releaseConfig(
  args: readonly string[],
  platform: Platform,
  path: string
): Result<ServiceConfig, string> {
  if (args.length > 0) return err(`a release service takes no argument, not ${args[0] ?? ''}`)
  const file = readTrusted(path)
  if (!file.ok) return file
  let json: unknown
  try {
    json = JSON.parse(file.value)
  } catch {
    return err(`${path} is not JSON`)
  }
  const parsed = fileSchema.safeParse(json)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    return err(`${path}, ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not as expected'}`)
  }
  const { allowUids, allowSids } = parsed.data
  const allowed = { uids: allowUids, sids: allowSids }
  const journal = join(platform.stateFolder, 'lock-down')
  return ok({ socket: platform.serviceSocket, allowed, shared: true, journal })
}

function ownUserConfig(args: readonly string[], platform: Platform): Result<ServiceConfig, string> {
  const [first, ...others] = args
  if (first?.startsWith('--socket=') !== true || others.length > 0) return err('usage: service --socket=PATH')
  const own = platform.ownPeer()
  if (!own.ok) return own
  const allowed =
    own.value.kind === 'user' ? { uids: [own.value.uid], sids: [] } : { uids: [], sids: [own.value.sid] }
  const socket = first.slice('--socket='.length)
  return ok({ socket, allowed, shared: false, journal: `${socket}.lock-down` })
}

/** Reads a file that only the user of this process, or root, can have written. */
function readTrusted(path: string): Result<string, string> {
  try {
    const file = openSync(path, constants.O_RDONLY)
    try {
      const stats = fstatSync(file)
      const problem = trustProblem(stats)
      return problem === null ? ok(readFileSync(file, 'utf8')) : err(`${path} ${problem}`)
    } finally {
      closeSync(file)
    }
  } catch (error) {
    return err(`${path} cannot be read: ${error instanceof Error ? error.message : ''}`)
  }
}

function trustProblem(stats: Stats): string | null {
  if (!stats.isFile()) return 'is not a file'
  if (stats.size > MAX_BYTES) return `is larger than ${MAX_BYTES} bytes`
  const uid = process.getuid?.()
  if (uid === undefined) return null // the installer's access list guards it where there are no modes
  if (stats.uid !== 0 && stats.uid !== uid) return 'belongs to somebody else'
  return (stats.mode & 0o022) === 0 ? null : 'can be written by others'
}
