import { describe, expect, it, vi } from 'vitest'
import { WATCH_MS, Watchdog } from './watchdog'

function setUp(maxGapMs = 1000) {
  let now = 0
  const silent = vi.fn()
  const stuck = vi.fn()
  const watchdog = new Watchdog({ maxGapMs: () => maxGapMs, now: () => now, silent, stuck })
  const wait = (ms: number): void => {
    for (const until = now + ms; now < until;) {
      now += WATCH_MS
      watchdog.look()
    }
  }
  return { watchdog, silent, stuck, wait, at: () => now }
}

describe('Watchdog', () => {
  it('tells a silence once, and again after life came between', () => {
    const { watchdog, silent, wait, at } = setUp()
    watchdog.observed(at())
    wait(1000)
    expect(silent).not.toHaveBeenCalled()
    wait(500)
    expect(silent).toHaveBeenCalledOnce()
    watchdog.observed(at())
    wait(1500)
    expect(silent).toHaveBeenCalledTimes(2)
  })

  it('keeps the promise of three seconds whatever the policy says', () => {
    const { watchdog, silent, wait, at } = setUp(3000)
    watchdog.observed(at())
    wait(2900)
    expect(silent).toHaveBeenCalledOnce()
  })

  it('does not blame a sensor that is still warming up, unless it never gets warm', () => {
    const { silent, stuck, wait } = setUp()
    wait(50_000)
    expect(silent).not.toHaveBeenCalled()
    wait(11_000)
    expect(silent).toHaveBeenCalledOnce()
    expect(stuck).toHaveBeenCalledOnce()
  })

  it('counts from when the frame was caught, not from when its words arrived', () => {
    const { watchdog, silent, wait, at } = setUp()
    wait(900)
    watchdog.observed(at() - 900)
    wait(200)
    expect(silent).toHaveBeenCalledOnce()
  })

  it('an old frame does not shorten what a newer one proved', () => {
    const { watchdog, silent, wait, at } = setUp()
    wait(900)
    watchdog.observed(at())
    watchdog.observed(at() - 800)
    wait(900)
    expect(silent).not.toHaveBeenCalled()
  })

  it('finds a sensor stuck that had observed, and gives a new one time to warm up', () => {
    const { watchdog, stuck, wait, at } = setUp()
    watchdog.observed(at())
    wait(4100)
    expect(stuck).toHaveBeenCalledOnce()
    watchdog.restarted()
    wait(30_000)
    expect(stuck).toHaveBeenCalledOnce()
    wait(31_000)
    expect(stuck).toHaveBeenCalledTimes(2)
  })

  it('does not restart a sensor for a camera that is lost', () => {
    const { watchdog, silent, stuck, wait, at } = setUp()
    watchdog.observed(at())
    watchdog.pause()
    wait(60_000)
    expect(silent).not.toHaveBeenCalled()
    expect(stuck).not.toHaveBeenCalled()
    watchdog.resume()
    wait(900)
    expect(silent).not.toHaveBeenCalled()
    wait(200)
    expect(silent).toHaveBeenCalledOnce()
  })
})
