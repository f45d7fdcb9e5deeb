import { describe, expect, it, vi } from 'vitest'
import { HubWatch } from './hub-watch'

function setUp(grace: number | null) {
  let [now, slept] = [0, 0]
  const over = vi.fn()
  const back = vi.fn()
  const watch = new HubWatch({
    graceMs: () => grace,
    now: () => now,
    wall: () => 1_700_000_000_000 + now + slept,
    over,
    back
  })
  return { watch, over, back, pass: (ms: number) => (now += ms), sleep: (ms: number) => (slept += ms) }
}

describe('HubWatch', () => {
  it('tells once when the grace is over, counted from the first missing answer', () => {
    const { watch, over, pass } = setUp(1000)
    watch.unreachable()
    pass(600)
    watch.unreachable()
    pass(401)
    watch.look()
    watch.look()
    expect(over).toHaveBeenCalledOnce()
  })

  it('counts the time that the computer slept through, and a wall clock that is set back wins nothing', () => {
    const { watch, over, pass, sleep } = setUp(1000)
    watch.unreachable()
    sleep(-500_000)
    pass(900)
    watch.look()
    expect(over).not.toHaveBeenCalled()
    pass(101)
    watch.look()
    expect(over).toHaveBeenCalledOnce()
    const other = setUp(1000)
    other.watch.unreachable()
    other.sleep(5000)
    other.watch.look()
    expect(other.over).toHaveBeenCalledOnce()
  })

  it('tells its return only when its absence was told', () => {
    const { watch, back, pass } = setUp(1000)
    watch.unreachable()
    watch.reachable()
    expect(back).not.toHaveBeenCalled()
    watch.unreachable()
    pass(2000)
    watch.look()
    watch.reachable()
    expect(back).toHaveBeenCalledOnce()
  })

  it('waits for a policy to say what the grace is', () => {
    const { watch, over, pass } = setUp(null)
    watch.unreachable()
    pass(1e9)
    watch.look()
    expect(over).not.toHaveBeenCalled()
  })
})
