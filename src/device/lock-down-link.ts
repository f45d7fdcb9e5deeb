import { randomUUID } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { desktopSessionSchema, type DesktopSession } from '../contract/service/lock-down'
import { Lines } from './contract/lines'
import { MAX_LINE_BYTES, replySchema, type Reply } from '../contract/service/question'
import type { LockDownNews } from '../core/lock-down/standing'
import type { SettingId } from '../core/lock-down/setting'
import type { LockDownHandle, LockDownOptions } from './contract/lock-down-handle'

/** How often everything is looked at and set again. The service lets go of who says nothing for ten seconds. */
const EVERY_MS = 4000
/** The first answer takes as long as all the settings take. */
const ANSWER_MS = 20_000
const RECONNECT_MS = 2000

/**
 * Holds the lock-down by a connection of this process: whatever ends the process ends the connection, and then the service
 * puts everything back.
 */
export class LockDownLink implements LockDownHandle {
  private readonly session: DesktopSession
  private wanted: readonly SettingId[] | null = null
  private socket: Socket | null = null
  private timer: NodeJS.Timeout | undefined
  private drifted = 0
  /** The newest question: what answers another one speaks of settings that are not asked for any more. */
  private asked = ''

  constructor(
    private readonly options: LockDownOptions,
    environment: Readonly<Record<string, string | undefined>> = process.env
  ) {
    this.session = sessionOf(environment)
  }

  want(settings: readonly SettingId[] | null): void {
    this.wanted = settings
    clearTimeout(this.timer)
    if (settings === null) {
      this.drifted = 0
      this.hangUp()
    } else if (this.socket === null) this.open()
    else this.ask(this.socket)
  }

  private tell(news: LockDownNews): void {
    if (this.wanted !== null) this.options.told(news)
  }

  private open(): void {
    const socket = connect({ path: this.options.serviceSocket })
    this.socket = socket
    const lines = new Lines(MAX_LINE_BYTES)
    const lost = (problem: string): void => {
      if (this.socket !== socket) return
      this.hangUp()
      this.tell({ kind: 'no-service', problem })
      if (this.wanted !== null) this.timer = setTimeout(() => this.open(), RECONNECT_MS)
    }
    socket.once('connect', () => this.ask(socket))
    socket.on('data', (chunk) => {
      const complete = lines.push(chunk)
      if (complete === 'too-long') {
        lost('the answer is too long')
        return
      }
      for (const line of complete) {
        const problem = this.hear(line)
        if (problem !== null) {
          lost(problem)
          return
        }
        clearTimeout(this.timer)
        this.timer = setTimeout(() => this.ask(socket), EVERY_MS)
      }
    })
    socket.setTimeout(ANSWER_MS, () => lost('the service does not answer'))
    socket.once('error', (error) => lost(codeOf(error)))
    socket.once('close', () => lost('the service hung up'))
  }

  private ask(socket: Socket): void {
    if (this.wanted === null || socket !== this.socket || socket.connecting) return
    const question = { id: randomUUID(), ask: 'lock-down', settings: this.wanted, session: this.session }
    this.asked = question.id
    socket.write(`${JSON.stringify(question)}\n`)
  }

  /** Null when it was an answer, else why nothing is held. */
  private hear(line: Buffer): string | null {
    const reply = readReply(line)
    if (reply === null) return 'the answer is not one of the service'
    if (reply.kind === 'refused') return `the service refused: ${reply.message}`
    if (reply.kind !== 'lock-down') return `the service answered ${reply.kind}`
    this.drifted += reply.drifted
    if (reply.id === this.asked) this.tell({ kind: 'answered', held: reply.held, drifted: this.drifted })
    return null
  }

  private hangUp(): void {
    const { socket } = this
    this.socket = null
    socket?.destroy()
  }
}

function readReply(line: Buffer): Reply | null {
  try {
    const reply = replySchema.safeParse(JSON.parse(line.toString('utf8')))
    return reply.success ? reply.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const codeOf = (error: Error): string =>
  'code' in error && typeof error.code === 'string' ? `no service at its socket (${error.code})` : error.name

/** Where this desktop is. What the schema does not take is left out: then nobody can look there, and it is told. */
export function sessionOf(environment: Readonly<Record<string, string | undefined>>): DesktopSession {
  const said = {
    display: environment['DISPLAY'],
    xauthority: environment['XAUTHORITY'],
    bus: environment['DBUS_SESSION_BUS_ADDRESS'],
    runtimeFolder: environment['XDG_RUNTIME_DIR'],
    desktop: environment['XDG_CURRENT_DESKTOP'],
    type: environment['XDG_SESSION_TYPE']
  }
  const { shape } = desktopSessionSchema
  const fit = Object.entries(said).filter(
    ([name, value]) =>
      value !== undefined && value !== '' && shape[name as keyof typeof shape].safeParse(value).success
  )
  return desktopSessionSchema.parse(Object.fromEntries(fit))
}
