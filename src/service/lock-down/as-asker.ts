import type { DesktopSession } from '../../contract/service/lock-down'
import type { Peer, Platform } from '../../device/contract'
import { runProgram } from '../../device/contract/run-program'
import type { Account, Where } from '../../device/contract/lock-down'

/** A tool of the system that says nothing for so long is ended, milliseconds. */
const LIMIT_MS = 4000
const MAX_BYTES = 256 * 1024
const PATH = '/usr/sbin:/usr/bin:/sbin:/bin'

/** What a service that serves its own user takes from its own environment: where that user's settings are. */
const own = ['XDG_CONFIG_HOME', 'GSETTINGS_BACKEND'] as const

/**
 * Where a peer's desktop is, with tools that have the peer's own rights (on Windows those of the service, on the peer's part of the registry alone): with the words that the peer said of its session
 * they can do nothing that it could not do itself. Rejects when the system does not know the peer.
 */
export async function whereOf(platform: Platform, peer: Peer, session: DesktopSession): Promise<Where> {
  const plain = { LC_ALL: 'C', PATH }
  if (peer.kind === 'sid') {
    const root = process.env['SystemRoot'] ?? 'C:\\Windows'
    return { session, sid: peer.sid, ask: asker({ SystemRoot: root, PATH: `${root}\\System32` }) }
  }
  const isOwn = peer.uid === process.getuid?.()
  const account = isOwn ? null : await accountOf(platform, peer.uid, asker(plain))
  const kept = isOwn ? own.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])) : []
  const environment = {
    ...plain,
    HOME: account?.home ?? process.env['HOME'] ?? '/',
    ...(Object.fromEntries(kept) as Record<string, string>),
    ...variablesOf(session)
  }
  return { session, ask: asker(environment, account ?? undefined) }
}

function accountOf(platform: Platform, uid: number, ask: Where['ask']): Promise<Account> {
  if (platform.lockDown.accountOf === undefined) throw new Error('this system does not tell whose a uid is')
  return platform.lockDown.accountOf(uid, ask)
}

function variablesOf(session: DesktopSession): Record<string, string> {
  const named = {
    DISPLAY: session.display,
    XAUTHORITY: session.xauthority,
    DBUS_SESSION_BUS_ADDRESS: session.bus,
    XDG_RUNTIME_DIR: session.runtimeFolder
  }
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
}

function asker(environment: Readonly<Record<string, string>>, account?: Account): Where['ask'] {
  return async (path, args) => {
    const as = account === undefined ? {} : { as: { uid: account.uid, gid: account.gid } }
    const signal = AbortSignal.timeout(LIMIT_MS)
    const { code, stdout, stderr } = await runProgram(path, args, {
      environment,
      maxBytes: MAX_BYTES,
      signal,
      ...as
    })
    return { code, output: stderr + stdout }
  }
}
