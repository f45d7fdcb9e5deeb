import { describe, expect, it } from 'vitest'
import { defaultSensorLimits } from '../../../core/policy/default-sensor-limits'
import type { Detector, Pixels } from '../../../vision/detector'
import { createTruthKeeper } from './truth'

const pixels = (light: number): Pixels => ({
  width: 64,
  height: 48,
  data: new Uint8Array(64 * 48 * 4).fill(light)
})
const at = (now: number) => ({ capturedAt: now, stampMs: now, awaited: true })

describe('createTruthKeeper', () => {
  it('D5 tells every frame’s truth by the policy’s limits', () => {
    const keeper = createTruthKeeper()
    keeper.track({ marks: ['label'], recording: false, replaced: false, deliveredFps: 30 })
    keeper.see(pixels(3), at(0), defaultSensorLimits)
    const truth = keeper.see(pixels(3), at(1500), defaultSensorLimits)
    expect(truth.covered.state).toBe('holds')
    expect(truth.weak.state).toBe('holds')
    expect(truth.virtual.state).toBe('holds')
    const lenient = keeper.see(pixels(3), at(1600), { minWidth: 64, minHeight: 48, minFps: 1 })
    expect(lenient.weak.state).toBe('clear')
  })

  it('leaves open, of a recording that is played on purpose, what is true of every recording', () => {
    const keeper = createTruthKeeper()
    keeper.track({ marks: ['label'], recording: true, replaced: false, deliveredFps: 30 })
    keeper.see(pixels(3), at(0), defaultSensorLimits)
    const truth = keeper.see(pixels(3), at(1500), defaultSensorLimits)
    for (const id of ['frozen', 'looped', 'photo', 'virtual'] as const)
      expect(truth[id]).toEqual({ state: 'unknown' })
    expect(truth.covered.state).toBe('holds')
  })

  it('listens to a detector without changing what it says', async () => {
    const found = [{ label: 'person', score: 0.9, box: { x: 0.2, y: 0.1, width: 0.5, height: 0.9 } }]
    class Own implements Detector {
      readonly id = 'own'
      loaded = 0
      load(): Promise<void> {
        this.loaded += 1
        return Promise.resolve()
      }
      detect = () => Promise.resolve({ found, best: { person: 0.9 } })
      verify = () => Promise.resolve(0)
      dispose = () => undefined
    }
    const own = new Own()
    const listening = createTruthKeeper().listening(own)
    await listening.load()
    expect(listening.id).toBe('own')
    expect(await listening.detect(pixels(9))).toEqual({ found, best: { person: 0.9 } })
    expect(await listening.verify()).toBe(0)
  })
})
