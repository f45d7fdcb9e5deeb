import type { WantedPicture } from './wanted'

/** A camera that was opened. */
export interface OpenCamera {
  readonly stream: MediaStream
  readonly track: MediaStreamTrack
  /** A fresh stream of this camera's frames that keeps only the newest one. */
  frames(): ReadableStream<VideoFrame>
}

/** The part of the browser that gives cameras, so that a test can give others. */
export interface Devices {
  /** Rejects with the browser's `DOMException` when there is none, it is denied, or in use. */
  open(wanted: WantedPicture): Promise<OpenCamera>
  /** Tells when cameras were plugged or unplugged; answers how to stop listening. */
  changed(listener: () => void): () => void
}

/** Chromium's own interface; TypeScript's library has none for windows. */
interface TrackProcessor {
  readonly readable: ReadableStream<VideoFrame>
}
type TrackProcessorClass = new (options: {
  readonly track: MediaStreamTrack
  readonly maxBufferSize: number
}) => TrackProcessor

const trackProcessor = (): TrackProcessorClass => {
  const found = (globalThis as { readonly MediaStreamTrackProcessor?: TrackProcessorClass })
    .MediaStreamTrackProcessor
  if (!found) throw new Error('This runtime has no MediaStreamTrackProcessor.')
  return found
}

/** Cameras of this computer: picture only, never sound. */
export const browserDevices = (media: MediaDevices): Devices => ({
  open: async (wanted) => {
    const stream = await media.getUserMedia({ audio: false, video: { ...wanted } })
    const [track] = stream.getVideoTracks()
    if (!track) throw new DOMException('The camera gave no picture track.', 'NotFoundError')
    return {
      stream,
      track,
      // One buffered frame: what is read next is the newest there is, and nothing queues.
      frames: () => new (trackProcessor())({ track, maxBufferSize: 1 }).readable
    }
  },
  changed: (listener) => {
    media.addEventListener('devicechange', listener)
    return () => media.removeEventListener('devicechange', listener)
  }
})
