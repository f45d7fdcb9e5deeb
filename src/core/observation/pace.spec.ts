import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isSlower, paceOf, powerUnknown, type Power } from './pace'

const heat = ['unknown', 'nominal', 'fair', 'serious', 'critical'] as const
const power: fc.Arbitrary<Power> = fc.record({
  onBattery: fc.constantFrom(true, false, null),
  thermal: fc.constantFrom(...heat),
  speedLimit: fc.integer({ min: 0, max: 100 })
})

describe('the pace of a computer', () => {
  it.each([
    [{ onBattery: true }, 'saving', ['battery']],
    [{ thermal: 'fair' }, 'saving', ['heat']],
    [{ speedLimit: 80 }, 'saving', ['slowed']],
    [{ thermal: 'serious' }, 'least', ['heat']],
    [{ thermal: 'critical' }, 'least', ['heat']],
    [{ speedLimit: 50 }, 'least', ['slowed']],
    [{ onBattery: true, thermal: 'fair' }, 'least', ['heat', 'battery']],
    [{ onBattery: true, speedLimit: 40, thermal: 'fair' }, 'least', ['slowed', 'heat', 'battery']]
  ] as const)('of %j is %s', (change, pace, reasons) => {
    expect(paceOf({ ...powerUnknown, ...change })).toEqual({ pace, reasons })
  })

  it('is full for a computer that says nothing, and never reduced without a reason', () => {
    expect(paceOf(powerUnknown)).toEqual({ pace: 'full', reasons: [] })
    fc.assert(
      fc.property(power, (state) => {
        const { pace, reasons } = paceOf(state)
        expect(pace === 'full').toBe(reasons.length === 0)
      })
    )
  })

  it('never quickens because it got warmer, slower or lost its cable', () => {
    fc.assert(
      fc.property(power, fc.nat({ max: 100 }), fc.nat({ max: 4 }), (state, less, warmer) => {
        const worse: Power = {
          onBattery: true,
          thermal: heat[Math.max(heat.indexOf(state.thermal), warmer)] ?? 'critical',
          speedLimit: Math.min(state.speedLimit, less)
        }
        expect(isSlower(paceOf(state).pace, paceOf(worse).pace)).toBe(false)
      })
    )
  })
})
