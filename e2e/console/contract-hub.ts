import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import {
  boardSchema,
  deskChecksSchema,
  CONSOLE_HEADER,
  streamMessageSchema,
  type AlertView,
  type Me,
  type StreamMessage,
  type Tile
} from '../../src/contract/wire/v1/console'
import { breakGlassListSchema, type BreakGlassView } from '../../src/contract/wire/v1/break-glass'
import { instructionListSchema } from '../../src/contract/wire/v1/instruction'
import type { CheckResult } from '../../src/core/check/check'
import { defaultInstructions } from '../../src/core/instruction/instruction'

/** The strictest policy that the console must live under. */
export const STRICT_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'"
].join('; ')

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2'
}

export interface Options {
  /** Folder of the built console; without it only the API is served. */
  readonly pages?: string
  readonly beatMs?: number
  readonly signedIn?: boolean
}

/**
 * The console's half of the hub's contract in memory, with the faults of a real line on call. For tests of the console
 * alone; what the real hub does is tested with the real hub.
 */
export async function startContractHub(options: Options = {}) {
  const tiles = new Map<string, Tile>()
  const alerts = new Map<string, AlertView>()
  /** What each desk tells of its computer. */
  const checks = new Map<string, CheckResult[]>()
  /** What each desk asks to be excepted from. */
  const exceptions = new Map<string, BreakGlassView[]>()
  const log: { readonly id: number; readonly message: StreamMessage }[] = []
  const watching = new Set<ServerResponse>()
  const calls: string[] = []
  const me: Me = {
    id: randomUUID(),
    name: 'Demo Supervisor 1',
    role: 'supervisor',
    organisation: 'Demo Care',
    team: 'Member Services'
  }
  let session = options.signedIn ?? false
  let last = 0
  const faults = { boardDelayMs: 0, down: false, frozen: false, refuse: null as null | number, reloadFrom: 0 }

  const write = (response: ServerResponse, id: number | null, message: StreamMessage): void => {
    const data = JSON.stringify(streamMessageSchema.parse(message))
    response.write(`${id === null ? '' : `id: ${id}\n`}data: ${data}\n\n`)
  }
  const beat = setInterval(() => {
    if (faults.frozen) return
    for (const one of watching) write(one, null, { kind: 'beat', at: new Date().toISOString() })
  }, options.beatMs ?? 500)

  const push = (message: StreamMessage): number => {
    // Numbers have gaps, as those of a hub with several teams do.
    last += 1 + (last % 3)
    log.push({ id: last, message })
    if (message.kind === 'tile') tiles.set(message.tile.workstation, message.tile)
    if (message.kind === 'alert') alerts.set(message.alert.id, message.alert)
    if (!faults.frozen) for (const one of watching) write(one, last, message)
    return last
  }

  const json = (response: ServerResponse, status: number, body: unknown): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }
  const refuse = (response: ServerResponse, status: number, code: string): void =>
    json(response, status, { code, message: code })

  const stream = (response: ServerResponse, after: number): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    response.flushHeaders()
    if (after < faults.reloadFrom) {
      write(response, last, { kind: 'reload' })
    } else {
      for (const { id, message } of log) if (id > after) write(response, id, message)
    }
    watching.add(response)
    response.on('close', () => watching.delete(response))
  }

  const act = (response: ServerResponse, id: string, verb: string): void => {
    const alert = alerts.get(id)
    if (!alert) {
      refuse(response, 404, 'not-found')
      return
    }
    if (faults.refuse !== null) {
      refuse(response, faults.refuse, 'unavailable')
      return
    }
    const at = new Date().toISOString()
    if (verb === 'seen') {
      const entry = { at, what: 'delivered', by: me.name } as const
      push({ kind: 'alert', alert: { ...alert, timeline: [...alert.timeline, entry] } })
    } else {
      const entry = { at, what: 'acknowledged', by: me.name } as const
      push({
        kind: 'alert',
        alert: {
          ...alert,
          status: 'acknowledged',
          acknowledgedAt: at,
          acknowledgedBy: me.name,
          timeline: [...alert.timeline, entry]
        }
      })
    }
    json(response, 200, { accepted: true })
  }

  async function api(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(path, 'http://hub')
    const name = url.pathname.replace('/console/v1/', '')
    calls.push(`${request.method ?? ''} ${name}`)
    if (request.method === 'POST' && request.headers[CONSOLE_HEADER] !== '1') {
      refuse(response, 403, 'forbidden')
      return
    }
    if (name === 'sign-in/ways') {
      json(response, 200, { providers: [], owesCode: false })
      return
    }
    if (name === 'sign-in') {
      const chunks: Buffer[] = []
      for await (const chunk of request) chunks.push(chunk as Buffer)
      const { password } = JSON.parse(Buffer.concat(chunks).toString()) as { password: string }
      if (password === 'slow down') {
        refuse(response, 429, 'too-many-tries')
        return
      }
      if (password !== 'right') {
        refuse(response, 401, 'bad-credentials')
        return
      }
      session = true
      json(response, 200, me)
      return
    }
    if (!session) {
      refuse(response, 401, 'not-signed-in')
      return
    }
    if (name === 'sign-out') {
      session = false
      for (const one of watching) one.end()
      json(response, 200, { accepted: true })
      return
    }
    if (name === 'me') {
      json(response, 200, me)
      return
    }
    if (name === 'board') {
      await new Promise((resolve) => setTimeout(resolve, faults.boardDelayMs))
      const board = { cursor: String(last), tiles: [...tiles.values()], alerts: [...alerts.values()] }
      json(response, 200, boardSchema.parse(board))
      return
    }
    if (name === 'stream') {
      stream(response, Number(url.searchParams.get('after') ?? '0'))
      return
    }
    const desk = /^workstations\/([^/]+)\/checks$/.exec(name)?.[1]
    if (desk !== undefined) {
      const found = { workstation: desk, heardAt: new Date().toISOString(), checks: checks.get(desk) ?? [] }
      json(response, 200, deskChecksSchema.parse(found))
      return
    }
    const instructed = /^workstations\/([^/]+)\/instructions$/.exec(name)?.[1]
    if (instructed !== undefined) {
      const allowed = [...defaultInstructions]
      json(response, 200, instructionListSchema.parse({ allowed, instructions: [] }))
      return
    }
    const excepted = /^workstations\/([^/]+)\/break-glass$/.exec(name)?.[1]
    if (excepted !== undefined) {
      json(response, 200, breakGlassListSchema.parse({ requests: exceptions.get(excepted) ?? [] }))
      return
    }
    const [, id, verb] = /^alerts\/([^/]+)\/(acknowledge|seen)$/.exec(name) ?? []
    if (id && verb) {
      act(response, id, verb)
      return
    }
    refuse(response, 404, 'not-found')
  }

  async function page(path: string, response: ServerResponse): Promise<void> {
    if (!options.pages) {
      refuse(response, 404, 'not-found')
      return
    }
    const asked = normalize(path.split('?')[0] ?? '/')
    const file = extname(asked) === '' ? '/index.html' : asked
    const body = await readFile(join(options.pages, file)).catch(() => null)
    if (!body) {
      refuse(response, 404, 'not-found')
      return
    }
    response
      .writeHead(200, {
        'content-type': types[extname(file)] ?? 'application/octet-stream',
        'content-security-policy': STRICT_POLICY
      })
      .end(body)
  }

  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    if (faults.down) return void request.socket.destroy()
    const answer = path.startsWith('/console/') ? api(path, request, response) : page(path, response)
    answer.catch((error: unknown) => {
      response.destroy(error instanceof Error ? error : undefined)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo

  const cut = (): void => {
    for (const one of watching) one.destroy()
    watching.clear()
  }
  return {
    origin: `http://127.0.0.1:${port}`,
    tiles,
    alerts,
    checks,
    exceptions,
    log,
    calls,
    faults,
    me,
    push,
    /** Writes a message again, as it came before. */
    repeat: (id: number): void => {
      const known = log.find((entry) => entry.id === id)
      if (known) for (const one of watching) write(one, known.id, known.message)
    },
    /** Breaks every stream; the console may come back at once. */
    cut,
    /** Nobody can reach the hub until `up`. */
    down: (): void => {
      faults.down = true
      cut()
      server.closeAllConnections()
    },
    up: (): void => {
      faults.down = false
    },
    endSession: (): void => {
      session = false
      cut()
    },
    /** The cursors of before are no longer known. */
    forget: (): void => {
      faults.reloadFrom = last
      cut()
    },
    watchers: (): number => watching.size,
    close: async (): Promise<void> => {
      clearInterval(beat)
      cut()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    }
  }
}

export type ContractHub = Awaited<ReturnType<typeof startContractHub>>
