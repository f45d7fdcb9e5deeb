import { createParser } from 'eventsource-parser'
import { request } from 'undici'
import {
  boardSchema,
  CONSOLE_HEADER,
  streamMessageSchema,
  type Board,
  type StreamMessage
} from '../../../src/contract/wire/v1/console'

export interface Received {
  readonly id: string
  readonly message: StreamMessage
}

/** An open stream and what came on it so far. */
export interface OpenStream {
  readonly received: Received[]
  close(): void
  readonly closed: Promise<void>
}

/** Speaks to the console API as the page does. */
export class ConsoleClient {
  cookie = ''
  constructor(readonly origin: string) {}

  async send(method: 'GET' | 'POST', path: string, body?: unknown, headers: Record<string, string> = {}) {
    const answer = await request(`${this.origin}${path}`, {
      method,
      headers: {
        ...(this.cookie === '' ? {} : { cookie: this.cookie }),
        ...(method === 'POST'
          ? { origin: this.origin, [CONSOLE_HEADER]: '1', 'content-type': 'application/json' }
          : {}),
        ...headers
      },
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {})
    })
    const text = await answer.body.text()
    const json: any = text === '' ? null : JSON.parse(text) // eslint-disable-line @typescript-eslint/no-explicit-any -- tests look into it freely
    return { status: answer.statusCode, headers: answer.headers, json }
  }

  async signIn(email: string, password: string) {
    const answer = await this.send('POST', '/console/v1/sign-in', { email, password })
    const cookie = [answer.headers['set-cookie'] ?? ''].flat()[0] ?? ''
    this.cookie = cookie.split(';')[0] ?? ''
    return { ...answer, cookie }
  }

  async board(): Promise<Board> {
    return boardSchema.parse((await this.send('GET', '/console/v1/board')).json)
  }

  /** Opens the stream after a cursor; beats are left out of `received`. */
  async stream(after: string, headers: Record<string, string> = {}): Promise<OpenStream> {
    const abort = new AbortController()
    const answer = await request(`${this.origin}/console/v1/stream?after=${after}`, {
      headers: { cookie: this.cookie, ...headers },
      signal: abort.signal
    })
    if (answer.statusCode !== 200) throw new Error(`stream answered ${answer.statusCode}`)
    const received: Received[] = []
    const parser = createParser({
      onEvent: (event) => {
        const message = streamMessageSchema.parse(JSON.parse(event.data))
        if (message.kind !== 'beat') received.push({ id: event.id ?? '', message })
      }
    })
    const closed = (async () => {
      try {
        for await (const chunk of answer.body) parser.feed(String(chunk))
      } catch {
        return // cut by us or by the hub: what came so far stands
      }
    })()
    return { received, closed, close: () => abort.abort() }
  }
}
