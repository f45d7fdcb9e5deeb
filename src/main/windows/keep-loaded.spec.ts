import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { keepLoaded } from './keep-loaded'

/** A window whose loads the test answers, kept loaded from the start. */
function setUp() {
  let gone: () => void = () => undefined
  let destroyed = false
  const loads: { readonly page: string; readonly fail: () => void }[] = []
  const window = {
    isDestroyed: () => destroyed,
    loadURL: (page: string) =>
      new Promise<void>((_done, failed) => {
        loads.push({ page, fail: () => failed(new Error('ERR_FAILED')) })
      }),
    webContents: { on: (_event: 'render-process-gone', listener: () => void) => (gone = listener) }
  }
  let closing = false
  keepLoaded(window, 'app://desk/shell/', () => closing)
  return {
    loads,
    die: () => gone(),
    close: () => (closing = true),
    destroy: () => (destroyed = true)
  }
}

describe('a window that is kept loaded', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('loads its page at once, and again after its process died', async () => {
    const { loads, die } = setUp()
    die()
    await vi.advanceTimersByTimeAsync(300)
    expect(loads.map(({ page }) => page)).toEqual(['app://desk/shell/', 'app://desk/shell/'])
  })

  it('is loaded once after a death in the middle of a load, which is told of twice', async () => {
    const { loads, die } = setUp()
    loads[0]?.fail()
    await vi.advanceTimersByTimeAsync(100)
    die()
    await vi.advanceTimersByTimeAsync(10_000)
    expect(loads).toHaveLength(2)
  })

  it('comes back more and more seldom, up to every five seconds, and soon again after a calm minute', async () => {
    const { loads, die } = setUp()
    const waits: number[] = []
    const wait = async (): Promise<number> => {
      const had = loads.length
      const from = performance.now()
      die()
      while (loads.length === had) await vi.advanceTimersByTimeAsync(100)
      return performance.now() - from
    }
    for (let death = 0; death < 6; death += 1) waits.push(await wait())
    expect(waits).toEqual([300, 600, 1200, 2400, 4800, 5000])
    await vi.advanceTimersByTimeAsync(60_000)
    expect(await wait()).toBe(300)
  })

  it('is not loaded again while the client closes, nor once it is destroyed', async () => {
    for (const end of ['close', 'destroy'] as const) {
      const window = setUp()
      window.die()
      window[end]()
      await vi.advanceTimersByTimeAsync(10_000)
      expect(window.loads).toHaveLength(1)
    }
  })
})
