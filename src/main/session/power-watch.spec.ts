import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { powerUnknown, type PaceNow, type Power } from '../../core/observation/pace'
import { PowerWatch, RELIEF_MS, type PowerSource } from './power-watch'

function machine(first: Partial<Power> = {}) {
  let listener: ((power: Power) => void) | null = null
  const source: PowerSource = {
    read: () => ({ ...powerUnknown, ...first }),
    listen: (changed) => {
      listener = changed
      return () => {
        listener = null
      }
    }
  }
  const told: PaceNow[] = []
  const watch = new PowerWatch(source, (pace) => told.push(pace))
  const says = (power: Partial<Power>): void => listener?.({ ...powerUnknown, ...power })
  return { told, says, watch, paces: () => told.map(({ pace }) => pace), listens: () => listener !== null }
}

describe('the watch over power and heat', () => {
  beforeEach(() => vi.useFakeTimers())
  afterEach(() => vi.useRealTimers())

  it('tells the state that it finds, also on battery', () => {
    expect(machine().paces()).toEqual(['full'])
    expect(machine({ onBattery: true }).told).toEqual([{ pace: 'saving', reasons: ['battery'] }])
  })

  it('slows down at once, step by step', () => {
    const { says, paces } = machine()
    says({ onBattery: true })
    says({ onBattery: true, thermal: 'fair' })
    expect(paces()).toEqual(['full', 'saving', 'least'])
  })

  it('quickens only when the better state lasts', async () => {
    const { says, paces } = machine({ thermal: 'serious' })
    says({ thermal: 'nominal' })
    await vi.advanceTimersByTimeAsync(RELIEF_MS - 1)
    says({ thermal: 'serious' })
    await vi.advanceTimersByTimeAsync(2 * RELIEF_MS)
    expect(paces()).toEqual(['least'])
    says({ thermal: 'nominal' })
    await vi.advanceTimersByTimeAsync(RELIEF_MS)
    expect(paces()).toEqual(['least', 'full'])
  })

  it('tells another reason for the same pace, and the same one only once', () => {
    const { says, told } = machine({ onBattery: true })
    says({ onBattery: true })
    says({ thermal: 'fair' })
    expect(told.map(({ reasons }) => reasons)).toEqual([['battery'], ['heat']])
  })

  it('hears nothing more, and changes nothing later, after it was stopped', async () => {
    const { says, watch, paces, listens } = machine({ onBattery: true })
    says({ onBattery: false })
    watch.stop()
    expect(listens()).toBe(false)
    await vi.advanceTimersByTimeAsync(2 * RELIEF_MS)
    expect(paces()).toEqual(['saving'])
  })
})
