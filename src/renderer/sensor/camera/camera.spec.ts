import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { cameraStateSchema, type CameraState } from '../../../core/observation/observation'
import { retryAfterMs, startCamera } from './camera'
import { defaultSensorLimits } from '../../../core/policy/default-sensor-limits'
import type { Devices, OpenCamera } from './devices'
import { readFrames } from '../worker/frames'
import { statedLossMs } from './stated'
import { wantedPicture, type WantedPicture } from './wanted'

const fakeTrack = () => {
  const target = new EventTarget()
  return Object.assign(target, {
    label: 'Front camera',
    stop: vi.fn(),
    getSettings: () => ({ width: 640, height: 480, frameRate: 30 })
  })
}

/** A computer with cameras that a test opens, denies and unplugs. */
const computer = () => {
  const tracks: ReturnType<typeof fakeTrack>[] = []
  let failure: Error | null = null
  let changed: () => void = () => undefined
  const asked: WantedPicture[] = []
  const open = vi.fn((wanted: WantedPicture) => {
    asked.push(wanted)
    if (failure) return Promise.reject(failure)
    const track = fakeTrack()
    tracks.push(track)
    const camera = {
      stream: { getTracks: () => [track] },
      track,
      frames: () => new ReadableStream<VideoFrame>()
    }
    return Promise.resolve(camera as unknown as OpenCamera)
  })
  const devices: Devices = {
    open,
    changed: (listener) => {
      changed = listener
      return () => undefined
    }
  }
  return {
    devices,
    open,
    asked,
    tracks,
    fail: (name: string | null) => (failure = name === null ? null : new DOMException('told so', name)),
    plug: () => {
      changed()
    }
  }
}

describe('startCamera', () => {
  let states: CameraState[]
  const start = ({ devices }: ReturnType<typeof computer>) =>
    startCamera({
      devices,
      wanted: wantedPicture(defaultSensorLimits),
      state: (state) => states.push(cameraStateSchema.parse(state)),
      frames: () => undefined,
      picture: () => undefined
    })

  beforeEach(() => {
    vi.useFakeTimers()
    states = []
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('says live only once a frame was read', async () => {
    const camera = start(computer())
    await vi.advanceTimersByTimeAsync(0)
    expect(states).toEqual([{ state: 'starting' }])
    camera.frameSeen()
    camera.frameSeen()
    expect(states.slice(1)).toEqual([
      { state: 'live', label: 'Front camera', width: 640, height: 480, fps: 30 }
    ])
  })

  it.each([
    ['NotFoundError', 'none-found'],
    ['NotAllowedError', 'denied'],
    ['NotReadableError', 'in-use'],
    ['WeirdError', 'failed']
  ])('D5 D7 names %s as %s at once, and finds the camera by itself later', async (thrown, reason) => {
    const pc = computer()
    pc.fail(thrown)
    const camera = start(pc)
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toMatchObject({ state: 'lost', reason })
    pc.fail(null)
    await vi.advanceTimersByTimeAsync(retryAfterMs[0])
    camera.frameSeen()
    expect(states.at(-1)).toMatchObject({ state: 'live' })
  })

  it('D7 says that the camera ended the moment it does, gives it back and opens it again', async () => {
    const pc = computer()
    const camera = start(pc)
    await vi.advanceTimersByTimeAsync(0)
    camera.frameSeen()
    pc.tracks[0]?.dispatchEvent(new Event('ended'))
    expect(states.at(-1)).toMatchObject({ state: 'lost', reason: 'ended' })
    expect(pc.tracks[0]?.stop).toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(retryAfterMs[0])
    camera.frameSeen()
    expect(states.at(-1)).toMatchObject({ state: 'live' })
  })

  /** The page's camera and the worker's reader of it, joined as the eyes join them. */
  const startReading = (camera: ReturnType<typeof start>, frames: ReadableStream<VideoFrame>): void =>
    void readFrames(frames, new AbortController().signal, {
      frame: () => {
        camera.frameSeen()
        return Promise.resolve()
      },
      stopped: (reason) => camera.framesStopped(reason)
    })
  const frame = { close: () => undefined } as unknown as VideoFrame

  it('D5 D7 says no-frames of a camera that is open but silent, within the stated time', async () => {
    const camera = start(computer())
    await vi.advanceTimersByTimeAsync(0)
    startReading(camera, new ReadableStream({ start: (stream) => stream.enqueue(frame) }))
    await vi.advanceTimersByTimeAsync(0)
    expect(states.at(-1)).toMatchObject({ state: 'live' })
    await vi.advanceTimersByTimeAsync(statedLossMs['no-frames'] - 1)
    expect(states.find(({ state }) => state === 'lost')).toMatchObject({ reason: 'no-frames' })
  })

  it('D5 D7 does not call a camera lost that gives a frame a second, for minutes', async () => {
    const camera = start(computer())
    await vi.advanceTimersByTimeAsync(0)
    const frames = new ReadableStream<VideoFrame>({
      start: (stream) => void setInterval(() => stream.enqueue(frame), 1000)
    })
    startReading(camera, frames)
    await vi.advanceTimersByTimeAsync(180_000)
    expect(states.map(({ state }) => state)).toEqual(['starting', 'live'])
  })

  it('D5 opens the camera anew when the policy wants more of it, asks for that, and not again for the same', async () => {
    const pc = computer()
    const camera = start(pc)
    await vi.advanceTimersByTimeAsync(0)
    camera.frameSeen()
    const more = wantedPicture({ minWidth: 1280, minHeight: 720, minFps: 60 })
    camera.want(more)
    camera.want({ ...more })
    await vi.advanceTimersByTimeAsync(0)
    expect(pc.tracks[0]?.stop).toHaveBeenCalledOnce()
    expect(pc.asked).toEqual([wantedPicture(defaultSensorLimits), more])
    camera.frameSeen()
    expect(states.map(({ state }) => state)).toEqual(['starting', 'live', 'live'])
  })

  it('D5 does not keep a camera that was wanted otherwise while it opened', async () => {
    const pc = computer()
    const camera = start(pc)
    const more = wantedPicture({ minWidth: 1920, minHeight: 1080, minFps: 7 })
    camera.want(more)
    await vi.advanceTimersByTimeAsync(0)
    expect(pc.open.mock.calls.at(-1)).toEqual([more])
    expect(pc.tracks.map(({ stop }) => stop.mock.calls.length)).toEqual([1, 0])
  })

  it('asks ever more rarely while there is no camera, but at once when a device is plugged in', async () => {
    const pc = computer()
    pc.fail('NotFoundError')
    start(pc)
    await vi.advanceTimersByTimeAsync(20_000)
    const tried = pc.open.mock.calls.length
    expect(tried).toBeLessThan(10)
    pc.fail(null)
    pc.plug()
    await vi.advanceTimersByTimeAsync(0)
    expect(pc.open.mock.calls.length).toBe(tried + 1)
    expect(pc.tracks).toHaveLength(1)
  })
})
