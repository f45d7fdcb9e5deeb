import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { applicationPolicySchema } from '../../src/core/application/policy'
import { openDisguises, type Disguises } from './disguises'
import { Watched } from './watch'

const onLinux = process.platform === 'linux'

describe.runIf(onLinux)('D1 on the processes of this machine', () => {
  let disguises: Disguises
  let watched: Watched | null = null
  beforeAll(() => {
    disguises = openDisguises()
  })
  afterAll(() => disguises.close())
  afterEach(() => watched?.close())

  it('a program that is denied is found in every disguise within two seconds', async () => {
    watched = new Watched(disguises.policy)
    const looking = watched
    await expect.poll(() => looking.verdict, { timeout: 20_000 }).not.toBeNull()
    const late: string[] = []
    await Promise.all(
      disguises.names.map(async (name) => {
        const child = await disguises.start(name)
        const at = performance.now()
        const found = (): number | undefined => looking.foundAt(child.pid ?? 0)
        await expect.poll(found, { timeout: 10_000, interval: 20, message: name }).toBeDefined()
        if ((found() ?? Infinity) - at > 2000)
          late.push(`${name}: ${String(Math.round((found() ?? 0) - at))} ms`)
      })
    )
    expect(late).toEqual([])
  })

  it('none of 500 ordinary programs is taken for one', async () => {
    const programs: readonly (readonly [string, ...string[]])[] = [
      ['/usr/bin/sleep', '600'],
      ['/usr/bin/tail', '-f', '/dev/null'],
      ['/bin/sh', '-c', 'read line'],
      ['/bin/cat'],
      ['/usr/bin/tee'],
      ['/usr/bin/head'],
      ['/usr/bin/sort'],
      ['/bin/grep', 'obs'],
      ['/usr/bin/wc', '-l'],
      ['/usr/bin/tr', 'a', 'b']
    ]
    const there = programs.filter(([file]) => existsSync(file))
    expect(there.length).toBeGreaterThan(5)
    const children: ChildProcess[] = Array.from({ length: 500 }, (_, at) => {
      const [file = '', ...args] = there[at % there.length] ?? []
      return spawn(file, args, { stdio: ['pipe', 'ignore', 'ignore'] })
    })
    try {
      watched = new Watched({ ...disguises.policy, response: 'warn' })
      const looking = watched
      await expect.poll(() => looking.verdict, { timeout: 30_000 }).not.toBeNull()
      // Some more looks: what was settled stays settled.
      await new Promise((resolve) => setTimeout(resolve, 2500))
      expect(children.filter(({ exitCode }) => exitCode !== null)).toHaveLength(0)
      expect(children.flatMap(({ pid }) => (looking.foundAt(pid ?? 0) === undefined ? [] : [pid]))).toEqual(
        []
      )
    } finally {
      for (const child of children) child.kill('SIGKILL')
    }
  })

  it('a program that is to be closed is asked first, ended after its grace, and no other is touched', async () => {
    const polite = spawn('/usr/bin/sleep', ['600'], { argv0: 'polite-tool', stdio: 'ignore' })
    const deaf = spawn('/bin/sh', ['-c', 'trap "" TERM; while :; do /usr/bin/sleep 1; done'], {
      argv0: 'deaf-tool',
      stdio: 'ignore'
    })
    const bystander = spawn('/usr/bin/sleep', ['600'], { stdio: 'ignore' })
    const ends = (child: ChildProcess): Promise<NodeJS.Signals | null> =>
      new Promise((resolve) => child.once('exit', (_, signal) => resolve(signal)))
    const [first, second] = [ends(polite), ends(deaf)]
    try {
      const rules = ['polite-tool', 'deaf-tool'].map((name) => ({ verdict: 'deny' as const, name }))
      watched = new Watched({ ...applicationPolicySchema.parse({ known: [] }), response: 'close', rules })
      const looking = watched
      expect(await first).toBe('SIGTERM')
      expect(await second).toBe('SIGKILL')
      expect(bystander.exitCode).toBeNull()
      expect(bystander.signalCode).toBeNull()
      await expect.poll(() => looking.verdict?.found, { timeout: 5000 }).toEqual([])
      expect(looking.stubborn).toEqual([])
    } finally {
      for (const child of [polite, deaf, bystander]) child.kill('SIGKILL')
    }
  })
})
