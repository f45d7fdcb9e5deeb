import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { posix, win32 } from 'node:path'
import type { Fact, Program } from '../../core/application/program'
import type { ProgramFile, ProgramLook, ProgramReader } from './programs'

/** A process as its system lists it. */
export interface Running {
  readonly pid: number
  readonly parent: number
  /** When it started, digits alone: with the pid it is one program. */
  readonly start: string
  /** Null when it runs no file; undefined when this user may not look. */
  readonly path: Fact
  readonly names: readonly string[]
  readonly closable: boolean
}

/** What its maker put into a file, and whether only the system can change it. */
export interface MakerFacts {
  readonly originalName: Fact
  readonly signer: Fact
  readonly installed: boolean | undefined
}

/** What differs between the systems that list processes by asking for them. */
export interface ProgramSystem {
  /** Everything that runs. Rejects when that cannot be read as a whole. */
  readonly list: () => Promise<readonly Running[]>
  /** What is known of each of these files; one that is left out is not known. */
  readonly makers: (paths: readonly string[]) => Promise<ReadonlyMap<string, MakerFacts>>
  readonly end: (program: Program, how: 'asked' | 'forced') => boolean
}

/** How long a look may read files, milliseconds: what is not read by then is not known, and read in the next look. */
const READ_MS = 1000
/** How long an answer of the service about a program counts, milliseconds. */
const ASK_AGAIN_MS = 10_000
/** Files whose maker is asked for at once. */
const AT_ONCE = 16
const MAX_KEPT = 4000
const NOT_KNOWN: MakerFacts = { originalName: undefined, signer: undefined, installed: undefined }

interface Kept {
  sha256?: string | undefined
  maker?: MakerFacts
}

/** Everything that runs, by a system's own list, with facts of each file that are read once and kept by what the file is. */
export class ProgramScan implements ProgramReader {
  readonly #system: ProgramSystem
  readonly #files = new Map<string, Kept>()
  #answers = new Map<
    string,
    { readonly answer: ProgramFile; readonly hashes: boolean; readonly at: number }
  >()
  #before: ReadonlyMap<string, { readonly sign: string; readonly program: Program }> = new Map()

  constructor(system: ProgramSystem) {
    this.#system = system
  }

  async look({ hashes, makers, main, ask }: ProgramLook): Promise<readonly Program[]> {
    const running = await this.#system.list()
    // Whoever lists processes is one itself.
    if (running.length === 0) throw new Error('the system listed no process')
    const own = ownOf(running, main)
    const hidden = running.filter(({ path, pid }) => path === undefined && !own.has(pid))
    await this.#askAbout(hidden, hashes, ask)
    const identities = await this.#read(
      running.filter(({ pid }) => !own.has(pid)),
      hashes,
      makers
    )
    const next = new Map<string, { readonly sign: string; readonly program: Program }>()
    for (const one of running) {
      const program = this.#programOf(
        one,
        own.has(one.pid),
        hashes,
        identities,
        this.#answers.get(keyOf(one))?.answer
      )
      const sign = JSON.stringify(program)
      const before = this.#before.get(program.key)
      // The same object again, so that it need not be judged again.
      next.set(program.key, before?.sign === sign ? before : { sign, program })
    }
    this.#before = next
    return [...next.values()].map(({ program }) => program)
  }

  end(program: Program, how: 'asked' | 'forced'): boolean {
    return this.#system.end(program, how)
  }

  /** Asks the service about what this user may not look at. What it did not answer about is asked again in the next look. */
  async #askAbout(hidden: readonly Running[], hashes: boolean, ask: ProgramLook['ask']): Promise<void> {
    const now = performance.now()
    const kept = hidden.flatMap((one) => {
      const before = this.#answers.get(keyOf(one))
      const counts = before !== undefined && now - before.at < ASK_AGAIN_MS && before.hashes === hashes
      return counts ? [[keyOf(one), before] as const] : []
    })
    this.#answers = new Map(kept)
    const open = new Map(hidden.filter((one) => !this.#answers.has(keyOf(one))).map((one) => [one.pid, one]))
    if (open.size === 0) return
    for (const answer of await ask([...open.keys()], hashes)) {
      const one = open.get(answer.pid)
      if (one?.start === answer.start) this.#answers.set(keyOf(one), { answer, hashes, at: now })
    }
  }

  /** What each path is now, by path; null where no file is there any more. What could not be looked at is left out. */
  async #read(
    running: readonly Running[],
    hashes: boolean,
    makers: boolean
  ): Promise<ReadonlyMap<string, string | null>> {
    const until = performance.now() + READ_MS
    const identities = new Map<string, string | null>()
    for (const path of new Set(running.flatMap(({ path }) => (typeof path === 'string' ? [path] : [])))) {
      const identity = await identityOf(path)
      if (identity === undefined) continue
      identities.set(path, identity)
      if (identity === null || !hashes || performance.now() > until) continue
      const kept = this.#keptOf(identity)
      kept.sha256 ??= await hashOf(path, identity)
    }
    if (makers) await this.#readMakers(identities, until)
    return identities
  }

  async #readMakers(identities: ReadonlyMap<string, string | null>, until: number): Promise<void> {
    const wanted = [...identities].flatMap(([path, identity]) =>
      identity !== null && this.#keptOf(identity).maker === undefined ? [{ path, identity }] : []
    )
    for (let from = 0; from < wanted.length && performance.now() < until; from += AT_ONCE) {
      const some = wanted.slice(from, from + AT_ONCE)
      const found = await this.#system.makers(some.map(({ path }) => path))
      for (const { path, identity } of some) {
        const maker = found.get(path)
        // A file that was put in its place meanwhile is another one.
        if (maker !== undefined && (await identityOf(path)) === identity) this.#keptOf(identity).maker = maker
      }
    }
  }

  #keptOf(identity: string): Kept {
    const before = this.#files.get(identity)
    if (before !== undefined) return before
    const kept: Kept = {}
    this.#files.set(identity, kept)
    const [oldest] = this.#files.keys()
    if (this.#files.size > MAX_KEPT && oldest !== undefined) this.#files.delete(oldest)
    return kept
  }

  #programOf(
    { pid, start, path, names, closable }: Running,
    own: boolean,
    hashes: boolean,
    identities: ReadonlyMap<string, string | null>,
    answer: ProgramFile | undefined
  ): Program {
    const base = { key: keyOf({ pid, start }), pid, names, own, closable }
    if (path === undefined) {
      if (answer === undefined) return { ...base, ...NOT_KNOWN, path, sha256: undefined, gone: null }
      // The service tells of the file and not of its maker.
      const { gone, installed, sha256 } = answer
      const isFile = answer.path !== null || gone !== null
      const maker = isFile ? { ...NOT_KNOWN, sha256 } : { originalName: null, signer: null, sha256: null }
      return { ...base, ...maker, path: answer.path, gone, installed }
    }
    if (path === null)
      // A process of the kernel's own: it belongs to the system.
      return { ...base, path, sha256: null, originalName: null, signer: null, installed: true, gone: null }
    const identity = identities.get(path)
    const kept = typeof identity === 'string' ? this.#files.get(identity) : undefined
    return {
      ...base,
      ...(kept?.maker ?? NOT_KNOWN),
      path,
      sha256: hashes ? kept?.sha256 : undefined,
      gone: identity === null ? 'deleted' : null
    }
  }
}

/** Undefined when it could not be looked at, null when nothing lies there. */
export async function identityOf(path: string): Promise<string | null | undefined> {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = await stat(path)
    return [path, dev, ino, size, mtimeMs, ctimeMs].join('|')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    return code === 'ENOENT' || code === 'ENOTDIR' ? null : undefined
  }
}

/** SHA-256 of a file, hex; undefined when it cannot be read whole, or is another one by then. */
export async function hashOf(path: string, identity: string): Promise<string | undefined> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer)
  } catch {
    // Gone, or not ours to read: its rules count as unknown.
    return undefined
  }
  return (await identityOf(path)) === identity ? hash.digest('hex') : undefined
}

const keyOf = ({ pid, start }: Pick<Running, 'pid' | 'start'>): string => `${String(pid)}:${start}`

/**
 * Main, and those of its descendants that run a file of the application's. Windows lets a program name its parent itself,
 * so that descent alone says nothing: whatever else bears our number is judged like any other program.
 */
function ownOf(running: readonly Running[], main: number): ReadonlySet<number> {
  const startOf = new Map(running.map(({ pid, start }) => [pid, BigInt(start)]))
  const family = new Set([main])
  for (let before = -1; before < family.size;) {
    before = family.size
    for (const { pid, parent, start } of running) {
      // A parent's number may be used again: whoever is younger than its child did not start it.
      if (family.has(parent) && (startOf.get(parent) ?? 0n) <= BigInt(start)) family.add(pid)
    }
  }
  const isPart = partOf(running.find(({ pid }) => pid === main)?.path)
  const own = running.filter(({ pid, path }) => family.has(pid) && isPart(path)).map(({ pid }) => pid)
  return new Set([main, ...own])
}

/** Whether a file is of the application whose executable this is: of its folder, or on a Mac of its bundle. */
function partOf(executable: Fact): (path: Fact) => boolean {
  if (typeof executable !== 'string') return () => false
  const isWindows = /^[a-z]:\\/i.test(executable)
  const plain = (path: string): string =>
    isWindows ? win32.normalize(path).toLowerCase() : posix.normalize(path)
  const own = plain(executable)
  const bundle = /^.*?\.app\//.exec(own)?.[0]
  const folder = isWindows ? `${win32.dirname(own)}\\` : (bundle ?? `${posix.dirname(own)}/`)
  return (path) => typeof path === 'string' && plain(path).startsWith(folder)
}
