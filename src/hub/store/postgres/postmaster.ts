import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'
import type { PostgresBinaries } from './binaries'
import { occupantOf } from './lock-file'

const run = promisify(execFile)

/** A PostgreSQL server that this process started and must end. */
export interface Postmaster {
  readonly socketFolder: string
  /** Settles when the server ended, wanted or not. */
  readonly ended: Promise<void>
  stop(): Promise<void>
}

const settings = {
  listen_addresses: '',
  unix_socket_permissions: '0700',
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  max_connections: '60',
  // Messages of the server must not repeat what statements carried.
  log_min_error_statement: 'panic',
  log_error_verbosity: 'terse',
  log_min_messages: 'warning'
} as const

// The shell holds the other end of our pipe: when this process ends in whatever way, SIGKILL too, the pipe closes and
// the shell ends the server. `wait` returns early when the server ends by itself.
const keeper = `
exec 3<&0
sockets=$1; shift
"$@" </dev/null 3<&- &
server=$!
( read -r _ <&3; kill -INT "$server" ) 2>/dev/null &
watch=$!
exec 3<&-
wait "$server"; status=$?
kill "$watch" 2>/dev/null
rmdir "$sockets"
exit "$status"
`

/** Starts the server of a database folder on a socket in a new private folder; its messages go to `logFile`. */
export async function startPostmaster(
  folder: string,
  binaries: PostgresBinaries,
  logFile: string
): Promise<Postmaster> {
  // Short on purpose: a socket's path may have about a hundred characters.
  const socketFolder = await mkdtemp(join(tmpdir(), 'hd-pg-'))
  const flags = Object.entries({ ...settings, unix_socket_directories: socketFolder }).flatMap(
    ([name, value]) => ['-c', `${name}=${value}`]
  )
  const log = await openLog(logFile)
  const child = spawn(
    '/bin/sh',
    ['-c', keeper, 'havendesk-database', socketFolder, binaries.postgres, '-D', folder, ...flags],
    {
      // Its own session: an interrupt typed at our terminal must not end the database before we are done with it.
      detached: true,
      stdio: ['pipe', 'ignore', log.fd],
      env: { ...process.env, ...binaries.env }
    }
  )
  const ended = once(child, 'exit').then(async () => {
    await rm(socketFolder, { recursive: true, force: true })
  })
  await log.close()
  child.unref()
  return {
    socketFolder,
    ended,
    stop: async () => {
      child.stdin?.destroy()
      const patience = new AbortController()
      await Promise.race([ended, sleep(5000, undefined, { signal: patience.signal }).catch(() => undefined)])
      patience.abort()
      await stopOccupant(folder, binaries)
    }
  }
}

/** Ends whatever server runs on the folder, with open connections closed and everything written. */
export async function stopOccupant(folder: string, binaries: PostgresBinaries): Promise<void> {
  const occupant = await occupantOf(folder)
  if (occupant.state !== 'postmaster') return
  await run(binaries.pgCtl, ['stop', '-D', folder, '-m', 'fast', '-w', '-t', '30'], {
    env: { ...process.env, ...binaries.env }
  }).catch(async (error: unknown) => {
    if ((await occupantOf(folder)).state === 'postmaster') throw error
  })
}

async function openLog(path: string) {
  const size = await stat(path).then(
    (found) => found.size,
    () => 0
  )
  return open(path, size > 5 * 1024 * 1024 ? 'w' : 'a', 0o600)
}
