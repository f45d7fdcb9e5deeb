import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, it } from 'vitest'
import { requires } from '../requires'

/** What `main-child.ts` says: the state of the one check that blocks, and when that was seen, in nanoseconds. */
interface Told {
  readonly unfit: boolean
  readonly state: string
  readonly evidence: string
}

/** Longer than the pause that posture takes for one of the whole program. */
const STILL_MS = 11_000

interface Running extends AsyncDisposable {
  /** Leads a group, which the probe is in. */
  readonly main: number
  readonly told: readonly Told[]
}

function start(): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/standstill/main-child.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true
  })
  const told: Told[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) told.push(JSON.parse(line) as Told)
  })
  const main = child.pid
  if (main === undefined) throw new Error('the process was not started')
  return {
    main,
    told,
    [Symbol.asyncDispose]: async () => {
      process.kill(-main, 'SIGKILL') // what stands still is ended too
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    }
  }
}

describe('D8 a program that really stood still (SIGSTOP, SIGCONT)', () => {
  beforeEach((context) => requires(context, 'linux'))

  it.concurrent.for([
    ['with its probe, as in a sleep', (main: number) => -main] as const,
    ['alone, while the probe went on', (main: number) => main] as const
  ])('%s: takes no answer from before, and is fit again by new ones', async ([, whom], { expect }) => {
    await using desk = start()
    const { main, told } = desk
    await expect.poll(() => told.at(-1)?.state, { timeout: 20_000 }).toBe('pass')
    process.kill(whom(main), 'SIGSTOP')
    await sleep(STILL_MS)
    const before = told.length
    const woken = process.hrtime.bigint()
    process.kill(whom(main), 'SIGCONT')
    await expect.poll(() => told.length, { timeout: 20_000 }).toBeGreaterThan(before + 20)

    // It may have been stopped between hearing an answer and saying so: that one line comes before it can know better.
    const known = told.findIndex(({ state }, line) => line >= before && state === 'stale')
    expect(known - before).toBeOneOf([0, 1])
    const after = told.slice(known)
    expect(after[0]).toMatchObject({ unfit: true })
    const passes = after.filter(({ unfit, state }) => !unfit || state === 'pass')
    expect(passes.length).toBeGreaterThan(0)
    for (const { evidence } of passes) expect(BigInt(evidence)).toBeGreaterThan(woken)
  })
})
