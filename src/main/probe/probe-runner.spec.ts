import { afterEach, describe, expect, it } from 'vitest'
import type { FromProbe } from '../../contract/helper/probe'
import type { CheckResult } from '../../core/check/check'
import { defaultCheckRules } from '../../core/policy/checks'
import type { Device } from '../../device/contract'
import { fakePlatform } from '../../device/fake/platform'
import { ProbeRunner } from './probe-runner'

const rules = defaultCheckRules
const runners: ProbeRunner[] = []
afterEach(() => {
  for (const runner of runners.splice(0)) runner.stop()
})

function start(
  takesMs = 0,
  isOnBattery?: () => Promise<boolean | null>,
  answers: readonly CheckResult[] = []
) {
  const asked: string[] = []
  const said: FromProbe[] = []
  const device: Device = {
    platform: { ...fakePlatform(null), ...(isOnBattery === undefined ? {} : { isOnBattery }) },
    measureProgram: () => Promise.resolve(''),
    inspectProgram: () => Promise.resolve([]),
    programFiles: () => Promise.resolve([]),
    tunnelPeers: () => Promise.resolve({ known: false, why: 'nobody was asked' }),
    lockDown: () => ({ want: () => undefined }),
    runChecks: async ({ serviceSocket, pace }) => {
      asked.push(`${serviceSocket} ${pace}`)
      await new Promise((resolve) => setTimeout(resolve, takesMs))
      return answers
    }
  }
  const runner = new ProbeRunner(device, (message) => said.push(message))
  runners.push(runner)
  return { runner, asked, said }
}

describe('the probe', () => {
  it('checks at once and then again on its timer', async () => {
    const { runner, said } = start()
    runner.run({ kind: 'run', order: 1, everyMs: 50, serviceSocket: '/a', rules, applications: null })
    await expect.poll(() => said.length, { timeout: 2000 }).toBeGreaterThan(3)
  })

  it('D9 counts the time that a look took as age of its answers', async () => {
    const answer = { id: 'clock', area: 'device', state: 'pass', evidence: '', ageMs: 5, remedy: '' } as const
    const { runner, said } = start(40, undefined, [answer])
    runner.run({ kind: 'run', order: 7, everyMs: 60_000, serviceSocket: '/a', rules, applications: null })
    await expect.poll(() => said.length, { timeout: 2000 }).toBeGreaterThan(0)
    const [first] = said
    expect(first).toMatchObject({ kind: 'checks', order: 7, checks: [{ id: 'clock' }] })
    // A timer may be early by a millisecond.
    expect(first?.kind === 'checks' ? first.checks[0]?.ageMs : 0).toBeGreaterThanOrEqual(5 + 38)
  })

  it.each([
    ['on its battery', () => Promise.resolve(true), true],
    ['on its charger', () => Promise.resolve(false), false],
    ['that cannot be read', () => Promise.reject(new Error('EACCES')), null]
  ])('tells of a computer %s', async (_, isOnBattery, onBattery) => {
    const { runner, said } = start(0, isOnBattery)
    runner.run({ kind: 'run', order: 1, everyMs: 60_000, serviceSocket: '/a', rules, applications: null })
    await expect.poll(() => said, { timeout: 2000 }).toContainEqual({ kind: 'power', onBattery })
  })

  it('says nothing of the battery where Electron hears of it', async () => {
    const { runner, said } = start()
    runner.run({ kind: 'run', order: 1, everyMs: 60_000, serviceSocket: '/a', rules, applications: null })
    await expect.poll(() => said.length, { timeout: 2000 }).toBeGreaterThan(0)
    expect(said.some(({ kind }) => kind === 'power')).toBe(false)
  })

  it('looks at what costs more at once, and then seldom', async () => {
    const { runner, asked } = start()
    runner.run({ kind: 'run', order: 1, everyMs: 1, serviceSocket: '/a', rules, applications: null })
    await expect.poll(() => asked.length, { timeout: 2000 }).toBeGreaterThan(25)
    expect(asked.slice(0, 2)).toEqual(['/a often', '/a seldom'])
    expect(asked.slice(0, 24).filter((one) => one.endsWith('seldom'))).toHaveLength(2)
  })

  it('lets a new order replace the one before, also while a round is under way', async () => {
    const { runner, asked, said } = start(30)
    runner.run({ kind: 'run', order: 1, everyMs: 20, serviceSocket: '/a', rules, applications: null })
    runner.run({ kind: 'run', order: 2, everyMs: 20, serviceSocket: '/b', rules, applications: null })
    await expect.poll(() => said.length, { timeout: 2000 }).toBeGreaterThan(2)
    expect(asked.filter((path) => path.startsWith('/a'))).toHaveLength(1)
  })
})
