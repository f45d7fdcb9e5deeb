import { spawn } from 'node:child_process'
import { describe, expect, it, vi } from 'vitest'
import { descendantsOf, parseStat, readProcess } from './descendants'
import { GuardWatch } from './watch'

describe('GuardWatch', () => {
  function setUp() {
    let now = 0
    const end = vi.fn()
    const watch = new GuardWatch({ limitMs: 2500, now: () => now, end })
    const wait = (ms: number, beats: boolean): void => {
      for (const until = now + ms; now < until;) {
        now += 125
        if (beats) watch.beat()
        watch.look()
      }
    }
    return { watch, end, wait, jump: (ms: number) => (now += ms) }
  }

  it('ends the client when the beats stop, and not before the limit', () => {
    const { end, wait } = setUp()
    wait(10_000, true)
    wait(2400, false)
    expect(end).not.toHaveBeenCalled()
    wait(300, false)
    expect(end).toHaveBeenCalled()
  })

  it('stands down when the client closes on purpose', () => {
    const { watch, end, wait } = setUp()
    watch.standDown()
    wait(60_000, false)
    expect(end).not.toHaveBeenCalled()
  })

  it('does not end a client because the machine slept, but does when it stays silent after', () => {
    const { watch, end, wait, jump } = setUp()
    wait(1000, true)
    jump(3_600_000)
    watch.look()
    expect(end).not.toHaveBeenCalled()
    wait(2600, false)
    expect(end).toHaveBeenCalled()
  })
})

describe('processes', () => {
  it('reads a line whose name is made to confuse', () => {
    const rest = `S 7 1 1 0 -1 4194560 1 0 0 0 0 0 0 0 20 0 1 0 4711 1 1`
    expect(parseStat(`42 (a) R 1 (b) ${rest}`)).toEqual({ pid: 42, parent: 7, startedAt: '4711' })
    expect(parseStat('nonsense')).toBeNull()
  })

  it('finds everything below, however deep, and nothing else', () => {
    const entry = (pid: number, parent: number) => ({ pid, parent, startedAt: '1' })
    const all = [entry(5, 4), entry(4, 2), entry(2, 1), entry(3, 1), entry(9, 8)]
    expect(descendantsOf(2, all).map(({ pid }) => pid)).toEqual([4, 5])
  })

  it('tells a process by its start, and an ended one as gone', async () => {
    const child = spawn('sleep', ['30'])
    const pid = child.pid ?? 0
    expect(readProcess(pid)?.parent).toBe(process.pid)
    const ended = new Promise((done) => child.once('exit', done))
    child.kill('SIGKILL')
    await ended
    expect(readProcess(pid)).toBeNull()
  })
})
