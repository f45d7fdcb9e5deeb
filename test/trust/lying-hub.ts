import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

/** What a lie does to one answer. */
export type Lie = (response: ServerResponse) => void

export const json =
  (value: unknown, status = 200): Lie =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(value))
  }

/**
 * A hub that was taken over: it has the true hub's certificate, key and database, answers with the truth where it has
 * no lie, and with the lie where it has one.
 */
export class LyingHub {
  readonly lies = new Map<string, Lie>()
  readonly asked: string[] = []
  readonly #timers = new Set<NodeJS.Timeout>()

  private constructor(
    private readonly server: Server,
    private readonly truth: number,
    private readonly ca: Buffer
  ) {}

  static async start(folder: string, truth: number): Promise<LyingHub> {
    const tls = (name: string): Buffer => readFileSync(join(folder, 'tls', name))
    const server = createServer({ key: tls('leaf.key'), cert: tls('leaf.crt'), minVersion: 'TLSv1.3' })
    const hub = new LyingHub(server, truth, tls('ca.crt'))
    server.on('request', (asked, response) => {
      hub.answer(asked, response)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return hub
  }

  get url(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`
  }

  /** A body that drips and never ends. */
  readonly drip: Lie = (response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    response.write('{"v":1,')
    const timer = setInterval(() => response.write(' '), 100)
    this.#timers.add(timer)
    response.on('close', () => clearInterval(timer))
  }

  private answer(asked: IncomingMessage, response: ServerResponse): void {
    const path = asked.url ?? ''
    this.asked.push(path)
    const lie = this.lies.get(path)
    if (lie !== undefined) {
      asked.resume().on('end', () => lie(response))
      return
    }
    const forward = request(
      {
        host: '127.0.0.1',
        port: this.truth,
        servername: 'localhost',
        ca: this.ca,
        method: asked.method,
        path,
        headers: asked.headers
      },
      (answered) => {
        response.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(response)
      }
    )
    forward.on('error', () => response.destroy())
    response.on('close', () => forward.destroy()) // a line that waited is not held open behind who is gone
    asked.pipe(forward)
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.server.closeAllConnections()
    await new Promise((closed) => this.server.close(closed))
  }
}
