import { spawn, type ChildProcess } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  appendFileSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { applicationPolicySchema, type ApplicationPolicy } from '../../src/core/application/policy'

/** A program that a policy denies by its hash and by its name, in every disguise that costs nothing. */
export interface Disguises {
  readonly policy: ApplicationPolicy
  readonly names: readonly string[]
  /** Starts the program in one of them; resolves with the process once it runs. */
  start(name: string): Promise<ChildProcess>
  close(): void
}

/** What waits for long and does nothing: the program of every test here. */
const ORDINARY = '/usr/bin/sleep'
export const DENIED_NAME = 'havendesk-denied-tool'

/** Makes one program of its own, with a hash that nothing else on the machine has. */
export function openDisguises(): Disguises {
  const folder = mkdtempSync(join(tmpdir(), 'disguises-'))
  const original = join(folder, DENIED_NAME)
  copyFileSync(ORDINARY, original)
  // Bytes behind an ELF file change its hash and nothing else.
  appendFileSync(original, randomBytes(16))
  chmodSync(original, 0o755)
  const sha256 = createHash('sha256').update(readFileSync(original)).digest('hex')
  const children: ChildProcess[] = []
  let copies = 0
  const copy = (name: string): string => {
    const made = join(folder, `${String((copies += 1))}-${name}`)
    copyFileSync(original, made)
    return made
  }
  const run = (file: string, argv0?: string): ChildProcess => {
    const child = spawn(file, ['600'], { stdio: 'ignore', ...(argv0 === undefined ? {} : { argv0 }) })
    children.push(child)
    return child
  }
  const started = async (child: ChildProcess): Promise<ChildProcess> => {
    await new Promise<void>((resolve, reject) => {
      child.once('spawn', resolve)
      child.once('error', reject)
    })
    return child
  }
  const ways: Readonly<Record<string, () => Promise<ChildProcess>>> = {
    'as it is': () => started(run(original)),
    renamed: () => started(run(copy('notes'))),
    'started by another name': () => started(run(original, 'firefox')),
    'renamed and started by another name': () => started(run(copy('editor'), '/usr/bin/firefox')),
    'bearing a denied name, being another file': () => started(run(ORDINARY, DENIED_NAME)),
    'a script of the denied name': async () => {
      const script = join(mkdtempSync(join(folder, 's-')), DENIED_NAME)
      // A built-in wait: the script stays the process that it is.
      writeFileSync(script, '#!/bin/sh\nwhile :; do /usr/bin/sleep 600; done\n', { mode: 0o755 })
      return started(run(script))
    },
    'deleted after its start': async () => {
      const file = copy('gone')
      const child = await started(run(file))
      unlinkSync(file)
      return child
    },
    'renamed after its start': async () => {
      const file = copy('early')
      const child = await started(run(file))
      renameSync(file, `${file}-late`)
      return child
    },
    'run from memory': () => started(inMemory(readFileSync(original), children)),
    'in the place of a program that ran before': async () => {
      const file = copy('second')
      const child = spawn('/bin/sh', ['-c', `read line; exec "${file}" 600`], {
        stdio: ['pipe', 'ignore', 'ignore']
      })
      children.push(child)
      await started(child)
      // Seen as a shell first; then the same process runs something else.
      await new Promise((resolve) => setTimeout(resolve, 900))
      child.stdin.write('go\n')
      return child
    }
  }
  const rules = [
    { verdict: 'deny' as const, sha256, title: 'Denied tool' },
    { verdict: 'deny' as const, name: DENIED_NAME, title: 'Denied tool' }
  ]
  return {
    policy: { ...applicationPolicySchema.parse({}), rules },
    names: Object.keys(ways),
    start: (name) => {
      const way = ways[name]
      if (way === undefined) throw new Error(`no disguise ${name}`)
      return way()
    },
    close: () => {
      for (const child of children) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

/** A process whose program lies on no disk: a helper writes it into memory (memfd_create(2)) and becomes it. */
function inMemory(program: Buffer, children: ChildProcess[]): ChildProcess {
  const helper = new URL('./run-from-memory.mjs', import.meta.url).pathname
  const child = spawn(process.execPath, [helper], { stdio: ['pipe', 'ignore', 'inherit'] })
  child.stdin.end(program)
  children.push(child)
  return child
}
