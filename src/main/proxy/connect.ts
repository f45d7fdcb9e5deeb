import { connect as netConnect, type OnReadOpts, type Socket } from 'node:net'
import { err, ok, type Result } from '../../core/result'
import type { Target } from './authority'
import { resolve, type Lookup } from './resolve'

export interface ConnectLimits {
  /** For the name and each address together, milliseconds. */
  readonly connectMs: number
  /** Silence in both directions after which a connection is ended, milliseconds. */
  readonly idleMs: number
}

/**
 * Opens a connection to an allowed target, at an address that was looked at. Half-open is allowed. With `onread` it is
 * paused, and hands what it reads to that alone.
 */
export async function connectTo(
  target: Target,
  limits: ConnectLimits,
  lookup?: Lookup,
  onread?: OnReadOpts
): Promise<Result<Socket, 'rebinding' | 'unreachable'>> {
  const until = performance.now() + limits.connectMs
  const addresses = await withLimit(resolve(target.hostname, lookup), limits.connectMs)
  if (addresses === null) return err('unreachable')
  if (!addresses.ok) return err(addresses.error === 'rebinding' ? 'rebinding' : 'unreachable')
  for (const { address } of addresses.value) {
    const left = until - performance.now()
    if (left <= 0) break
    const socket = await tryAddress(address, target.port, left, onread)
    if (socket === null) continue
    socket.setTimeout(limits.idleMs, () => socket.destroy())
    return ok(socket)
  }
  return err('unreachable')
}

async function tryAddress(
  address: string,
  port: number,
  limitMs: number,
  onread?: OnReadOpts
): Promise<Socket | null> {
  return new Promise((settle) => {
    const own = onread === undefined ? {} : { onread }
    const socket = netConnect({ host: address, port, allowHalfOpen: true, noDelay: true, ...own })
    if (onread !== undefined) socket.pause()
    const giveUp = (): void => {
      socket.destroy()
      settle(null)
    }
    const timer = setTimeout(giveUp, limitMs)
    socket.once('error', () => {
      clearTimeout(timer)
      giveUp()
    })
    socket.once('connect', () => {
      clearTimeout(timer)
      socket.removeAllListeners('error')
      settle(socket)
    })
  })
}

/** Null when the work takes longer; what becomes of it then concerns nobody. */
export async function withLimit<T>(work: Promise<T>, limitMs: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const limit = new Promise<null>((settle) => {
    timer = setTimeout(() => settle(null), limitMs)
  })
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}
