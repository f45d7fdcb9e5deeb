import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync
} from 'node:fs'
import { createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { Reply } from '../../src/contract/service/question'

/** A machine as a check sees it: what lies where, what programs say, what the service answers. */
export interface MachineFacts {
  readonly files?: Readonly<Record<string, string>>
  readonly folders?: readonly string[]
  /** Files that were put there now with a time of change of long ago, as a package or `cp -p` puts them. */
  readonly aged?: readonly string[]
  /** Where each link points. */
  readonly links?: Readonly<Record<string, string>>
  /** What each program writes; a function of its arguments where they matter. */
  readonly tools?: Readonly<Record<string, string | Readonly<Record<string, string>>>>
  readonly environment?: Readonly<Record<string, string>>
  /** What the service answers, without the id. */
  readonly service?: Readonly<Record<string, unknown>>
  /** Sources whose absence is an answer: a computer without cameras has no folder of cameras. */
  readonly mayBeAbsent?: readonly string[]
  /** Sources whose text proves nothing either way, such as a name that somebody gave. */
  readonly mayBeAnything?: readonly string[]
}

/** Ways in which a source goes wrong. */
export const troubles = ['missing', 'hangs', 'garbage', 'empty', '100 MB', 'not UTF-8', 'exit code'] as const
export type Trouble = (typeof troubles)[number]

const GARBAGE = 'x7!? {"a":[1,2\n\u0001\u0002 lorem = ipsum : 99%\n'

/** The machine laid out under a folder of its own, with real files, real links, real programs and a real socket. */
export class LaidOutMachine {
  readonly root = mkdtempSync(join(tmpdir(), 'machine-'))
  readonly socket = join(this.root, 'service.sock')
  readonly #sockets = new Set<Socket>()
  #server: Server | null = null
  #serviceTrouble: Trouble | null = null

  constructor(readonly facts: MachineFacts) {
    for (const path of facts.folders ?? []) mkdirSync(this.at(path), { recursive: true })
    for (const [path, text] of Object.entries(facts.files ?? {})) this.#write(path, text)
    for (const path of facts.aged ?? []) utimesSync(this.at(path), 0, 0)
    for (const [path, target] of Object.entries(facts.links ?? {})) {
      mkdirSync(dirname(this.at(path)), { recursive: true })
      symlinkSync(target, this.at(path))
    }
    for (const [path, said] of Object.entries(facts.tools ?? {})) this.#script(path, body(said))
  }

  at(path: string): string {
    return join(this.root, path)
  }

  async listen(): Promise<void> {
    const { service } = this.facts
    if (service === undefined) return
    const server = createServer((socket) => {
      this.#sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('data', (chunk) => this.#answer(socket, chunk.toString(), service))
    })
    await new Promise<void>((resolve) => server.listen(this.socket, resolve))
    this.#server = server
  }

  /** Brings one source into trouble. */
  async break(source: string, trouble: Trouble): Promise<void> {
    if (source === 'service') {
      this.#serviceTrouble = trouble
      if (trouble === 'missing') await this.#close()
      return
    }
    rmSync(this.at(source), { recursive: true, force: true })
    if (trouble === 'missing') return
    if (Object.hasOwn(this.facts.tools ?? {}, source))
      this.#script(source, scripts[trouble](body(this.facts.tools?.[source] ?? '')))
    else if (trouble === 'hangs' || trouble === 'exit code') mkdirSync(this.at(source))
    else if (trouble === '100 MB') sparse(this.at(source), 100_000_000)
    else writeFileSync(this.at(source), bytes[trouble]())
  }

  async remove(): Promise<void> {
    await this.#close()
    rmSync(this.root, { recursive: true, force: true })
  }

  async #close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy()
    const server = this.#server
    this.#server = null
    if (server !== null) await new Promise((resolve) => server.close(resolve))
  }

  #write(path: string, text: string): void {
    mkdirSync(dirname(this.at(path)), { recursive: true })
    writeFileSync(this.at(path), text)
  }

  #script(path: string, lines: string): void {
    this.#write(path, `#!/bin/bash\n${lines}\n`)
    chmodSync(this.at(path), 0o755)
  }

  #answer(socket: Socket, line: string, replies: Readonly<Record<string, unknown>>): void {
    const { id, ask } = JSON.parse(line) as { id: string; ask: Reply['kind'] }
    const reply = `${JSON.stringify({ kind: ask, id, ...(replies[ask] as object) })}\n`
    switch (this.#serviceTrouble) {
      case null:
        socket.write(reply)
        return
      case 'hangs':
      case 'missing':
        return
      case 'exit code':
        socket.write(`${JSON.stringify({ kind: 'refused', id, reason: 'cannot-tell', message: 'no' })}\n`)
        return
      case 'empty':
        socket.end()
        return
      case 'garbage':
        socket.write(GARBAGE)
        return
      case '100 MB':
        socket.write(Buffer.alloc(200_000, 0x61))
        return
      case 'not UTF-8':
        socket.write(Buffer.concat([Buffer.from(reply.slice(0, -2)), Buffer.from([0xff, 0xfe, 0x0a])]))
    }
  }
}

/** A file of that length which takes no room on the disk. */
function sparse(path: string, length: number): void {
  writeFileSync(path, '')
  truncateSync(path, length)
}

const quoted = (text: string): string => `printf '%s' '${text.replaceAll("'", `'\\''`)}'`

/** A program that writes what it is told to, by its arguments when there are several answers. */
const body = (said: string | Readonly<Record<string, string>>): string =>
  typeof said === 'string'
    ? quoted(said)
    : `case "$*" in\n${Object.entries(said)
        .map(([args, text]) => `'${args}') ${quoted(text)};;`)
        .join('\n')}\n*) exit 64;;\nesac`

const scripts: Readonly<Record<Exclude<Trouble, 'missing'>, (well: string) => string>> = {
  // A grandchild that outlives its parent has to go as well.
  hangs: (well) => `${well}\nsleep 600 & sleep 600`,
  garbage: () => quoted(GARBAGE.replaceAll('\u0001', '').replaceAll('\u0002', '')),
  empty: () => ':',
  '100 MB': (well) => `${well}\nhead -c 100000000 /dev/zero | tr '\\0' 'a'`,
  'not UTF-8': (well) => `${well}\nprintf '\\xff\\xfe'`,
  'exit code': (well) => `${well}\nexit 3`
}

const bytes: Readonly<Record<'garbage' | 'empty' | 'not UTF-8', () => Buffer>> = {
  garbage: () => Buffer.from(GARBAGE),
  empty: () => Buffer.alloc(0),
  'not UTF-8': () => Buffer.from([0x31, 0xff, 0xfe, 0x0a])
}
