import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { CoverProof, drawnWithinMs } from './cover-proof'

describe('CoverProof', () => {
  const endGraphics = vi.fn()
  const fault = vi.fn()
  const proof = (drawn: () => Promise<unknown>): CoverProof => new CoverProof({ drawn, endGraphics, fault })
  const after = (ms: number) => () => new Promise((resolve) => setTimeout(resolve, ms))
  const never = () => new Promise(() => undefined)

  beforeEach(() => {
    vi.useFakeTimers()
    vi.clearAllMocks()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('D7 ends a graphics process that does not draw the cover, once, and says so', async () => {
    proof(never).begin()
    await vi.advanceTimersByTimeAsync(drawnWithinMs - 1)
    expect(endGraphics).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(endGraphics).toHaveBeenCalledOnce()
    expect(fault).toHaveBeenCalledOnce()
  })

  it('D7 takes a cover whose drawing fails for one that is not drawn', async () => {
    proof(() => Promise.reject(new Error('no page'))).begin()
    await vi.advanceTimersByTimeAsync(drawnWithinMs)
    expect(endGraphics).toHaveBeenCalledOnce()
  })

  it('leaves a graphics process alone that draws in time, or whose cover was lifted meanwhile', async () => {
    proof(after(drawnWithinMs - 1)).begin()
    await vi.advanceTimersByTimeAsync(60_000)
    const lifted = proof(never)
    lifted.begin()
    lifted.end()
    await vi.advanceTimersByTimeAsync(60_000)
    expect(endGraphics).not.toHaveBeenCalled()
    expect(fault).not.toHaveBeenCalled()
  })
})
