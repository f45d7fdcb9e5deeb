import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, request, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { SecureContextOptions } from 'node:tls'

/** What a lie does to one answer. */
export type Lie = (response: ServerResponse) => void
/** What is made of the true hub's answer. */
export type Bend = (answer: Record<string, unknown>) => unknown

export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Lie =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
    response.end(JSON.stringify(value))
  }

/** Bytes on the wire in place of an HTTP answer. */
export const raw =
  (text: string): Lie =>
  (response) => {
    response.socket?.end(text)
  }

interface Asked {
  readonly path: string
  readonly headers: IncomingMessage['headers']
}

/**
 * A hub that was taken over: it has the true hub's certificate, key and database, answers with the truth where it has
 * no lie, and with the lie where it has one.
 */
export class LyingHub {
  /** By path, or by its beginning when that ends with `*`. */
  readonly lies = new Map<string, Lie>()
  readonly bends = new Map<string, Bend>()
  /** Headers that go with what is bent. */
  readonly headers = new Map<string, Readonly<Record<string, string>>>()
  readonly asked: Asked[] = []
  /** How many answers were lies, by where they were set. */
  readonly #told = new Map<string, number>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #own: SecureContextOptions

  private constructor(
    private readonly server: Server,
    private readonly truth: number,
    private readonly ca: Buffer,
    own: SecureContextOptions
  ) {
    this.#own = own
  }

  static async start(folder: string, truth: number): Promise<LyingHub> {
    const tls = (name: string): Buffer => readFileSync(join(folder, 'tls', name))
    const own: SecureContextOptions = { key: tls('leaf.key'), cert: tls('leaf.crt'), minVersion: 'TLSv1.3' }
    const server = createServer(own)
    const hub = new LyingHub(server, truth, tls('ca.crt'), own)
    server.on('request', (asked, response) => {
      hub.answer(asked, response)
    })
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
    return hub
  }

  get url(): string {
    return `https://localhost:${(this.server.address() as AddressInfo).port}`
  }

  /** Shows another certificate, or speaks another version, from the next connection on; its own again without one. */
  disguise(as: SecureContextOptions = this.#own): void {
    this.server.setSecureContext(as)
    this.server.closeAllConnections()
  }

  /** How often a lie that was set for a path was told. */
  toldAt(path: string): number {
    return this.#told.get(path) ?? 0
  }

  #tell(path: string): void {
    const at = [path, wild(path)].find((one) => this.lies.has(one) || this.bends.has(one)) ?? path
    this.#told.set(at, this.toldAt(at) + 1)
  }

  /** The truth again. */
  repent(): void {
    this.lies.clear()
    this.bends.clear()
    this.headers.clear()
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
    this.asked.push({ path, headers: asked.headers })
    const lie = this.lies.get(path) ?? this.lies.get(wild(path))
    if (lie !== undefined) {
      this.#tell(path)
      asked.resume().on('end', () => lie(response))
      return
    }
    const bend = this.bends.get(path) ?? this.bends.get(wild(path))
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
        if (bend !== undefined && (answered.statusCode ?? 500) < 300) {
          this.bent(path, answered, response, bend)
          return
        }
        response.writeHead(answered.statusCode ?? 502, answered.headers)
        answered.pipe(response)
      }
    )
    forward.on('error', () => response.destroy())
    response.on('close', () => forward.destroy()) // a line that waited is not held open behind who is gone
    asked.pipe(forward)
  }

  private bent(path: string, answered: IncomingMessage, response: ServerResponse, bend: Bend): void {
    const pieces: Buffer[] = []
    answered.on('data', (piece: Buffer) => pieces.push(piece))
    answered.on('end', () => {
      // An answer that was asked for under an earlier lie is not one of this.
      if ((this.bends.get(path) ?? this.bends.get(wild(path))) === bend) this.#tell(path)
      const truth = JSON.parse(Buffer.concat(pieces).toString('utf8')) as Record<string, unknown>
      json(bend(truth), 200, { ...this.headers.get(path) })(response)
    })
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearInterval(timer)
    this.server.closeAllConnections()
    await new Promise((closed) => this.server.close(closed))
  }
}

const wild = (path: string): string => `${path.split('/').slice(0, 4).join('/')}/*`
