import { describe, expect, it } from 'vitest'
import { captureClock } from './capture-clock'

describe('captureClock', () => {
  it('makes a frame that waited as old as it is', () => {
    const capturedAt = captureClock()
    expect(capturedAt(0, 5000)).toBe(5000)
    expect(capturedAt(33, 5033)).toBe(5033)
    // Stamped 66 ms after the first frame, read 120 ms later than a frame without delay would be.
    expect(5186 - capturedAt(66, 5186)).toBe(120)
  })

  it('corrects itself when a quicker frame comes', () => {
    const capturedAt = captureClock()
    capturedAt(0, 1050)
    expect(capturedAt(33, 1033)).toBe(1033)
    expect(capturedAt(66, 1096)).toBe(1066)
  })
})
