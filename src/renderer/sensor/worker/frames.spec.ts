import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { noFrameMs, readFrames } from './frames'

/** A frame as far as the reader is concerned. */
const frame = () => {
  const close = vi.fn()
  return { close, value: { close } as unknown as VideoFrame }
}
const source = () => {
  let controller: ReadableStreamDefaultController<VideoFrame> | undefined
  const cancelled = vi.fn()
  const frames = new ReadableStream<VideoFrame>({ start: (c) => void (controller = c), cancel: cancelled })
  return { frames, cancelled, control: () => controller as ReadableStreamDefaultController<VideoFrame> }
}

describe('readFrames', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('closes every frame, also one whose handling fails, and says that the stream ended', async () => {
    const { frames, control } = source()
    const [good, bad] = [frame(), frame()]
    control().enqueue(good.value)
    control().enqueue(bad.value)
    const stopped = vi.fn()
    const handled = vi.fn().mockResolvedValueOnce(undefined).mockRejectedValueOnce(new Error('broken'))
    await readFrames(frames, new AbortController().signal, { frame: handled, stopped })
    expect(good.close).toHaveBeenCalled()
    expect(bad.close).toHaveBeenCalled()
    expect(stopped).toHaveBeenCalledExactlyOnceWith('ended')
  })

  it('D7 says no-frames when the camera is silent for so long', async () => {
    const { frames, cancelled } = source()
    const stopped = vi.fn()
    const reading = readFrames(frames, new AbortController().signal, {
      frame: () => Promise.resolve(),
      stopped
    })
    await vi.advanceTimersByTimeAsync(noFrameMs - 1)
    expect(stopped).not.toHaveBeenCalled()
    await vi.advanceTimersByTimeAsync(200)
    await reading
    expect(stopped).toHaveBeenCalledExactlyOnceWith('no-frames')
    expect(cancelled).toHaveBeenCalled()
  })

  it('D5 tells a frame that was waited for from one that lay ready', async () => {
    vi.useRealTimers()
    const { frames, control } = source()
    const awaited: boolean[] = []
    control().enqueue(frame().value)
    setTimeout(() => {
      control().enqueue(frame().value)
      control().close()
    }, 60)
    await readFrames(frames, new AbortController().signal, {
      frame: (_, waited) => {
        awaited.push(waited)
        return Promise.resolve()
      },
      stopped: () => undefined
    })
    expect(awaited).toEqual([false, true])
  })

  it('leaves quietly when another stream replaces this one', async () => {
    const { frames } = source()
    const replaced = new AbortController()
    const stopped = vi.fn()
    const reading = readFrames(frames, replaced.signal, { frame: () => Promise.resolve(), stopped })
    replaced.abort()
    await vi.advanceTimersByTimeAsync(1500)
    await reading
    expect(stopped).not.toHaveBeenCalled()
  })
})
