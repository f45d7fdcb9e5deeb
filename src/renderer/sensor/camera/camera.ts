import type { CameraState } from '../../../core/observation/observation'
import type { Devices, OpenCamera } from './devices'
import { lostBecause } from './reason'
import { isSameWish, type WantedPicture } from './wanted'

export interface CameraOptions {
  readonly devices: Devices
  /** What to ask cameras for until `want` says otherwise. */
  readonly wanted: WantedPicture
  readonly state: (state: CameraState) => void
  /** Takes a stream of frames to the eyes. */
  readonly frames: (frames: ReadableStream<VideoFrame>) => void
  /** The stream to show in a preview; null when there is none. */
  readonly picture: (stream: MediaStream | null) => void
}

export interface Camera {
  /** The eyes have read a frame: the camera is alive. */
  frameSeen(): void
  /** The eyes have waited too long for a frame, or the frames ended. */
  framesStopped(reason: 'no-frames' | 'ended'): void
  /** Asks for another picture from now on: an open camera is opened anew when it was asked for another. */
  want(wanted: WantedPicture): void
  /** Hands the eyes a fresh stream of frames, if a camera is open. */
  offerFrames(): void
  /** Shows or hides the preview anew. */
  redraw(): void
}

/** How long is waited before the camera is asked for again, milliseconds: the first, then longer up to the last. */
export const retryAfterMs = [250, 500, 1000, 2000, 4000] as const

/**
 * Keeps one camera open. It says `live` only once a frame was really read, says `lost` with the reason at once,
 * and tries again: after a growing pause, and straight away when a device is plugged or unplugged.
 */
export const startCamera = ({ devices, wanted: first, state, frames, picture }: CameraOptions): Camera => {
  let wanted = first
  let open: OpenCamera | null = null
  let live = false
  let failures = 0
  let opening = false
  let retry: ReturnType<typeof setTimeout> | undefined

  const close = (): void => {
    open?.stream.getTracks().forEach((track) => track.stop())
    open = null
    live = false
    picture(null)
  }

  const lose = (lost: CameraState): void => {
    close()
    state(lost)
    const pause = retryAfterMs[Math.min(failures, retryAfterMs.length - 1)]
    failures += 1
    clearTimeout(retry)
    retry = setTimeout(() => void acquire(), pause)
  }

  const acquire = async (): Promise<void> => {
    if (open || opening) return
    opening = true
    clearTimeout(retry)
    const asked = wanted
    try {
      const camera = await devices.open(asked)
      open = camera
      camera.track.addEventListener('ended', () => {
        if (open === camera)
          lose({ state: 'lost', reason: 'ended', detail: camera.track.label.slice(0, 300) })
      })
      frames(camera.frames())
      picture(camera.stream)
    } catch (error) {
      lose(lostBecause(error))
    } finally {
      opening = false
    }
    // It was wanted otherwise while it opened.
    if (!isSameWish(asked, wanted)) openAnew()
  }

  const openAnew = (): void => {
    close()
    void acquire()
  }

  devices.changed(() => void acquire())
  state({ state: 'starting' })
  void acquire()

  return {
    frameSeen: () => {
      if (!open || live) return
      live = true
      failures = 0
      state(liveState(open.track))
    },
    framesStopped: (reason) => {
      if (open) lose({ state: 'lost', reason, detail: open.track.label.slice(0, 300) })
    },
    want: (next) => {
      if (isSameWish(wanted, next)) return
      wanted = next
      if (open) openAnew()
    },
    offerFrames: () => {
      if (open) frames(open.frames())
    },
    redraw: () => picture(open?.stream ?? null)
  }
}

const liveState = (track: MediaStreamTrack): CameraState => {
  const { width = 0, height = 0, frameRate = 0 } = track.getSettings()
  return {
    state: 'live',
    label: track.label.slice(0, 300),
    width: Math.max(1, Math.round(width)),
    height: Math.max(1, Math.round(height)),
    fps: frameRate > 0 ? frameRate : 1
  }
}
