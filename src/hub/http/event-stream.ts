import type { FastifyReply } from 'fastify'
import type { StreamMessage } from '../../contract/wire/v1/console'
import type { Sink } from '../stream/feed'

/** What a reader may leave unread before its line is cut, bytes. It comes back and goes on where it was. */
export const MAX_UNREAD = 1024 * 1024

export interface EventStreamParts {
  subscribe(sink: Sink): () => void
  /** Asked at every beat: a session that ended takes its stream with it. */
  isAllowed(): Promise<boolean>
  readonly beatMs: number
  readonly now: () => Date
}

/** Turns a reply into a stream of server-sent events that ends with its reader, its session or the hub. */
export function openEventStream(reply: FastifyReply, parts: EventStreamParts): void {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff'
  })
  const write = (id: number | null, message: StreamMessage): void => {
    if (raw.destroyed || raw.writableEnded) return
    raw.write(`${id === null ? '' : `id: ${id}\n`}data: ${JSON.stringify(message)}\n\n`)
    if (raw.writableLength > MAX_UNREAD) raw.destroy()
  }
  const beat = (): void => write(null, { kind: 'beat', at: parts.now().toISOString() })
  beat()
  const leave = parts.subscribe({
    send: write,
    end: () => {
      raw.destroy()
    }
  })
  const timer = setInterval(() => {
    beat()
    parts.isAllowed().then(
      (allowed) => {
        if (!allowed) raw.end()
      },
      () => raw.destroy() // the store cannot say: the reader comes back and asks again
    )
  }, parts.beatMs)
  raw.on('error', () => raw.destroy())
  raw.on('close', () => {
    clearInterval(timer)
    leave()
  })
}
