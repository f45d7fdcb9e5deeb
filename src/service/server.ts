import { chmodSync, lstatSync, mkdirSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MAX_LINE_BYTES, type Reply } from '../contract/service/question'
import type { Peer, Platform } from '../device/contract'
import { answerLine, type Asker, type Knowledge } from './answer'
import type { ServiceConfig } from './config'
import { Lines } from '../device/contract/lines'
import type { LockDownKeeper } from './lock-down/keeper'
import { isAllowed } from './peers'

export interface ServiceParts {
  readonly config: Pick<ServiceConfig, 'socket' | 'allowed' | 'shared'>
  readonly platform: Platform
  readonly knowledge: Knowledge
  /** Absent where nothing is locked down. */
  readonly lockDown?: LockDownKeeper
  /** One line per event, without contents. */
  readonly log: (event: string, fact: string) => void
}

const MAX_CONNECTIONS = 16
/** A peer that says nothing, or does not read, is hung up on. */
const IDLE_MS = 10_000
const MAX_QUESTIONS = 100
/** A connection that holds a desktop asks for as long as a shift is, once in this time at most, milliseconds. */
const HOLD_EVERY_MS = 500

/** Answers questions on a local socket to the peers that may ask. */
export class Service {
  private readonly server: Server

  constructor(private readonly parts: ServiceParts) {
    this.server = createServer((connection) => this.accept(connection))
    this.server.maxConnections = MAX_CONNECTIONS
  }

  /** Listens. Refuses when another service answers at the path, or when something other than a socket lies there. */
  async listen(): Promise<void> {
    const { socket: path, shared } = this.parts.config
    const isPipe = path.startsWith('\\\\.\\pipe\\')
    if (!isPipe) {
      mkdirSync(dirname(path), { recursive: true, mode: shared ? 0o755 : 0o700 })
      await clearStale(path)
    }
    // Born with no rights for others: the mode is widened only when the socket is ours.
    const mask = isPipe ? null : process.umask(0o177)
    try {
      await new Promise<void>((resolve, reject) => {
        this.server.once('error', reject)
        this.server.listen({ path, readableAll: shared, writableAll: shared }, resolve)
      })
    } finally {
      if (mask !== null) process.umask(mask)
    }
    if (!isPipe) chmodSync(path, shared ? 0o666 : 0o600)
    this.parts.log('listening', path)
  }

  async close(): Promise<void> {
    await new Promise((resolve) => this.server.close(resolve))
  }

  private accept(connection: Socket): void {
    const { config, platform, log } = this.parts
    connection.on('error', () => connection.destroy())
    connection.setTimeout(IDLE_MS, () => connection.destroy())
    const peer = platform.peerOf(connection)
    if (!peer.ok || !isAllowed(peer.value, config.allowed)) {
      log('peer refused', peer.ok ? nameOf(peer.value) : peer.error)
      hangUp(connection, refusal('not-your-peer', 'This service does not answer you.'))
      return
    }
    this.serve(connection, peer.value)
  }

  private serve(connection: Socket, peer: Peer): void {
    const asker = this.askerOf(connection, peer)
    const lines = new Lines(MAX_LINE_BYTES)
    let asked = 0
    // One after the other: replies come in the order of their questions.
    let turn = Promise.resolve()
    connection.on('data', (chunk) => {
      const complete = lines.push(chunk)
      if (complete === 'too-long') {
        connection.removeAllListeners('data')
        turn = turn.then(() =>
          hangUp(connection, refusal('too-large', `A question has at most ${MAX_LINE_BYTES} bytes.`))
        )
        return
      }
      for (const line of complete) {
        if (!asker.isHolding()) asked += 1
        if (asked > MAX_QUESTIONS) {
          connection.removeAllListeners('data')
          turn = turn.then(() =>
            hangUp(connection, refusal('too-large', `At most ${MAX_QUESTIONS} questions per connection.`))
          )
          return
        }
        turn = turn.then(() => this.reply(connection, line, asker))
      }
    })
    connection.on('drain', () => connection.resume())
  }

  /** What is held for a connection ends with it, however it ends: the kernel says so also of one that was killed. */
  private askerOf(connection: Socket, peer: Peer): Asker & { readonly isHolding: () => boolean } {
    const { lockDown, log } = this.parts
    const token = Symbol('connection')
    let last = -Infinity
    let isHolding = false
    if (lockDown !== undefined)
      connection.once('close', () => {
        lockDown.release(peer, token).catch((error: unknown) => {
          log('lock-down not put back', error instanceof Error ? error.message : 'unknown')
        })
      })
    return {
      isHolding: () => isHolding,
      lockDown: async ({ settings, session }) => {
        if (lockDown === undefined) throw new Error('this service locks nothing down')
        const wait = last + HOLD_EVERY_MS - performance.now()
        if (wait > 0) await sleep(wait)
        last = performance.now()
        // Whoever hung up meanwhile holds nothing: its end is past.
        if (connection.destroyed) throw new Error('the connection is over')
        // The peer waits for as long as all the settings take: until it is answered, it is not the one who says nothing.
        connection.setTimeout(0)
        try {
          const answer = await lockDown.hold(peer, token, settings, session)
          isHolding = true
          return answer
        } finally {
          connection.setTimeout(IDLE_MS)
        }
      }
    }
  }

  private async reply(connection: Socket, line: Buffer, asker: Asker): Promise<void> {
    try {
      const reply = await answerLine(line, this.parts.knowledge, asker)
      if (connection.destroyed || !connection.writable) return
      // A peer that does not read its answers does not get to ask more.
      if (!connection.write(lineOf(reply))) connection.pause()
    } catch (error) {
      this.parts.log('no answer', error instanceof Error ? error.message : 'unknown')
      connection.destroy()
    }
  }
}

/** Removes the socket that a crash left. */
async function clearStale(path: string): Promise<void> {
  const found = lstatSync(path, { throwIfNoEntry: false })
  if (found === undefined) return
  if (!found.isSocket()) throw new Error(`${path} exists and is not a socket`)
  const answered = await new Promise<boolean>((resolve) => {
    const probe = connect(path)
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', () => resolve(false))
  })
  if (answered) throw new Error(`another service answers at ${path}`)
  rmSync(path, { force: true })
}

const refusal = (reason: 'not-your-peer' | 'too-large', message: string): Reply => ({
  kind: 'refused',
  id: null,
  reason,
  message
})

function hangUp(connection: Socket, reply: Reply): void {
  connection.removeAllListeners('data')
  connection.end(lineOf(reply), () => connection.destroy())
}

const lineOf = (reply: Reply): string => `${JSON.stringify(reply)}\n`
const nameOf = (
  peer: { readonly kind: 'user'; readonly uid: number } | { readonly kind: 'sid'; readonly sid: string }
) => (peer.kind === 'user' ? `uid ${peer.uid}` : peer.sid)
