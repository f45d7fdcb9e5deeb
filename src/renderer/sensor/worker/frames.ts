/** A camera that gives no frame for this long is lost, milliseconds. One that still gives one a second is weak, not lost. */
export const noFrameMs = 1_600
/** What a reader that was held up itself gets on top, before the camera is blamed, milliseconds. */
const graceMs = 150

export interface FrameHandlers {
  /**
   * Called per frame; the frame is closed when it resolves. No other frame is read meanwhile. `awaited`: the frame was not
   * there yet when it was asked for, so the camera gave none between it and the one before.
   */
  readonly frame: (frame: VideoFrame, awaited: boolean) => Promise<void>
  readonly stopped: (reason: 'no-frames' | 'ended') => void
}

/** A frame that lies ready is read within this, milliseconds. */
const readyMs = 4

const pause = (ms: number): Promise<'late'> => new Promise((resolve) => setTimeout(() => resolve('late'), ms))

/**
 * Reads frames one at a time until the stream ends, starves, or `signal` aborts. Every frame is closed, whatever
 * happens: the camera has only few, and stops when they are not given back.
 */
export const readFrames = async (
  frames: ReadableStream<VideoFrame>,
  signal: AbortSignal,
  { frame, stopped }: FrameHandlers
): Promise<void> => {
  const reader = frames.getReader()
  const leave = (): void => void reader.cancel('replaced').catch(() => undefined)
  signal.addEventListener('abort', leave, { once: true })
  try {
    for (;;) {
      const asked = performance.now()
      const next = reader.read()
      let read = await Promise.race([next, pause(noFrameMs)])
      // If this thread itself was busy, the frame is already there: ask once more before blaming the camera.
      if (read === 'late') read = await Promise.race([next, pause(graceMs)])
      if (signal.aborted) {
        if (read !== 'late') read.value?.close()
        return
      }
      if (read === 'late') {
        stopped('no-frames')
        return
      }
      if (read.done) {
        stopped('ended')
        return
      }
      try {
        await frame(read.value, performance.now() - asked > readyMs)
      } finally {
        read.value.close()
      }
    }
  } catch {
    // The stream broke: for the desk that is a camera that ended.
    if (!signal.aborted) stopped('ended')
  } finally {
    signal.removeEventListener('abort', leave)
    leave()
  }
}
