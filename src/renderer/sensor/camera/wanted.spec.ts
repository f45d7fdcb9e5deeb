import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defaultSensorLimits } from '../../../core/policy/default-sensor-limits'
import { wantedPicture } from './wanted'

describe('what a camera is asked for', () => {
  it('D5 asks for 640 x 480 at 30 where the policy wants no more than that', () => {
    expect(wantedPicture(defaultSensorLimits)).toEqual({
      width: { ideal: 640 },
      height: { ideal: 480 },
      frameRate: { ideal: 30 }
    })
  })

  it('D5 asks for what the policy’s limits need, whatever valid limits they are, in the shape of a camera', () => {
    const limits = fc.record({
      minWidth: fc.integer({ min: 160, max: 3840 }),
      minHeight: fc.integer({ min: 120, max: 2160 }),
      minFps: fc.double({ min: 1, max: 60, noNaN: true })
    })
    fc.assert(
      fc.property(limits, (given) => {
        const { width, height, frameRate } = wantedPicture(given)
        expect(width.ideal).toBeGreaterThanOrEqual(Math.max(640, given.minWidth))
        expect(height.ideal).toBeGreaterThanOrEqual(Math.max(480, given.minHeight))
        expect(frameRate.ideal).toBeGreaterThanOrEqual(Math.max(30, given.minFps))
        const shape = width.ideal / height.ideal
        expect(shape).toBeGreaterThanOrEqual(4 / 3 - 0.01)
        expect(shape).toBeLessThanOrEqual(16 / 9 + 0.01)
      })
    )
  })

  it.each([
    [{ minWidth: 1280 }, [1280, 720]],
    [{ minHeight: 1080 }, [1440, 1080]],
    [{ minWidth: 3840, minHeight: 2160 }, [3840, 2160]]
  ])('asks for a whole picture where one side alone is given: %j', (over, [width, height]) => {
    expect(wantedPicture({ ...defaultSensorLimits, ...over })).toMatchObject({
      width: { ideal: width },
      height: { ideal: height }
    })
  })
})
