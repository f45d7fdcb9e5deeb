import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { TrackFacts } from '../../../vision/camera-truth/facts'
import { defaultSensorLimits } from '../../../core/policy/default-sensor-limits'
import type { Devices, OpenCamera } from './devices'
import { wantedPicture } from './wanted'
import { countEveryMs, probeAfterMs, watchedDevices } from './watch-track'

const wanted = wantedPicture(defaultSensorLimits)
const webcam = { exposureMode: ['continuous'], width: { max: 1920 }, height: { max: 1080 } }

/** A computer whose cameras a test plugs in; each counts the frames it delivered. */
const computer = () => {
  let label = 'HD Webcam (046d:0825)'
  let deviceId = 'one'
  const stats = { totalFrames: 0 }
  const open = vi.fn(() => {
    const track = {
      label,
      stats,
      getSettings: () => ({ deviceId, width: 640, height: 480 }),
      getCapabilities: () => webcam,
      getConstraints: () => ({}),
      applyConstraints: () => Promise.resolve()
    }
    return Promise.resolve({ track } as unknown as OpenCamera)
  })
  const devices: Devices = { open, changed: () => () => undefined }
  return {
    devices,
    stats,
    plug: (name: string, id: string) => {
      label = name
      deviceId = id
    }
  }
}

describe('watchedDevices', () => {
  let told: TrackFacts[]
  const watched = ({ devices }: ReturnType<typeof computer>) =>
    watchedDevices(
      devices,
      (facts) => told.push(facts),
      () => Date.now()
    )

  beforeEach(() => {
    vi.useFakeTimers()
    told = []
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('says at once what the name says, and once it has asked, the rest', async () => {
    const pc = computer()
    pc.plug('OBS Virtual Camera', 'obs')
    await watched(pc).open(wanted)
    expect(told).toEqual([
      { marks: ['label', 'no-bus'], recording: false, replaced: false, deliveredFps: null }
    ])
    await vi.advanceTimersByTimeAsync(probeAfterMs)
    expect(told.at(-1)?.marks).toContain('label')
  })

  it.each([
    ['release', false],
    ['demo', true],
    ['test', true]
  ] as const)('a %s build takes a recorded clip for one on purpose: %s', async (flavour, recording) => {
    const pc = computer()
    pc.plug('/clips/clear.mjpeg', 'file')
    await watchedDevices(
      pc.devices,
      (facts) => told.push(facts),
      () => Date.now(),
      flavour
    ).open(wanted)
    expect(told[0]).toMatchObject({ marks: ['label', 'no-bus'], recording })
    pc.plug('OBS Virtual Camera', 'obs')
    await watchedDevices(
      pc.devices,
      (facts) => told.push(facts),
      () => Date.now(),
      flavour
    ).open(wanted)
    expect(told.at(-1)?.recording).toBe(false)
  })

  it('D5 says that the camera was replaced when another device or name opens, and not when the same comes back', async () => {
    const pc = computer()
    const devices = watched(pc)
    await devices.open(wanted)
    await devices.open(wanted)
    expect(told.at(-1)?.replaced).toBe(false)
    pc.plug('HD Webcam (046d:0825)', 'two')
    await devices.open(wanted)
    expect(told.at(-1)?.replaced).toBe(true)
    pc.plug('HD Webcam (046d:0825)', 'one')
    await devices.open(wanted)
    expect(told.at(-1)?.replaced).toBe(false)
  })

  it('D5 counts the frames that the camera really delivers', async () => {
    const pc = computer()
    await watched(pc).open(wanted)
    for (let second = 0; second < 5; second += 1) {
      await vi.advanceTimersByTimeAsync(countEveryMs)
      pc.stats.totalFrames += 4
    }
    await vi.advanceTimersByTimeAsync(countEveryMs)
    expect(told.at(-1)?.deliveredFps).toBeCloseTo(4, 1)
  })

  it('says nothing more about a camera that was closed for another', async () => {
    const pc = computer()
    const devices = watched(pc)
    await devices.open(wanted)
    pc.plug('Other (1234:5678)', 'two')
    await devices.open(wanted)
    const seen = told.length
    await vi.advanceTimersByTimeAsync(probeAfterMs)
    expect(told.slice(seen).every(({ replaced }) => replaced)).toBe(true)
  })
})
