import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { GUARD_LIMIT_MS, GUARD_START_LIMIT_MS } from '../../../contract/helper/guard'
import type { HelperOptions } from '../../helper/helper'
import { guard } from './guard'

const made = vi.hoisted(() => ({ kills: 0, options: null as HelperOptions<unknown> | null }))
vi.mock('../../helper/helper', () => ({
  Helper: class {
    constructor(readonly options: HelperOptions<unknown>) {
      made.options = options
    }
    start(): void {
      this.options.started()
    }
    post(): void {
      // Nobody is there to hear it.
    }
    kill(): void {
      made.kills += 1
      this.options.died(9)
      this.options.started()
    }
    stop(): void {
      this.options.died(0)
    }
  }
}))

const log = { info: vi.fn(), warn: vi.fn(), error: vi.fn(), for: () => log }

describe('the guard', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    made.kills = 0
  })
  afterEach(() => vi.useRealTimers())

  it('may take its time to be loaded, while it counts as missing; one that watched is ended after its limit', async () => {
    const missing: boolean[] = []
    const step = guard({ programs: '', log, missing: (is) => missing.push(is), died: () => undefined })
    const running = await step.perform()
    await vi.advanceTimersByTimeAsync(GUARD_START_LIMIT_MS - 1000)
    expect({ kills: made.kills, missing }).toEqual({ kills: 0, missing: [true] })
    made.options?.message({ kind: 'watching' })
    expect(missing.at(-1)).toBe(false)
    await vi.advanceTimersByTimeAsync(GUARD_LIMIT_MS + 500)
    expect({ kills: made.kills, missing: missing.at(-1) }).toEqual({ kills: 1, missing: true })
    // The next one is loaded anew, and one that never answers is not waited for for ever.
    await vi.advanceTimersByTimeAsync(GUARD_START_LIMIT_MS - 1000)
    expect(made.kills).toBe(1)
    await vi.advanceTimersByTimeAsync(2000)
    expect(made.kills).toBe(2)
    await step.revert(running)
  })
})
