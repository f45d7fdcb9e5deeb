import { FLAVOUR, type Flavour } from '../../../core/flavour'
import type { TrackFacts, VirtualMark } from '../../../vision/camera-truth/facts'
import type { Devices, OpenCamera } from './devices'
import { marksOfName, probeTrack } from './probe'
import { isRecording } from './virtual-names'

/** How long a camera is open before it is asked what it can do, milliseconds: controls become known late. */
export const probeAfterMs = 1_000
/** How often frames are counted, milliseconds, and over how many counts the rate is taken. */
export const countEveryMs = 1_000
const counts = 3

/**
 * Chromium counts what a camera gave, also frames that a busy computer then dropped: those are not the camera's fault.
 * TypeScript's library does not know of it yet.
 */
interface Counted {
  readonly stats?: { readonly totalFrames?: number }
}

/**
 * Wraps the cameras of this computer so that each one that opens is asked what it is, compared with the first one since
 * this page started, and counted. `tell` hears facts at once and whenever they change; never a picture.
 */
export const watchedDevices = (
  devices: Devices,
  tell: (facts: TrackFacts) => void,
  clock: () => number,
  flavour: Flavour = FLAVOUR
): Devices => {
  // Compiled in: a release build has no such exception.
  const mayPlay = flavour !== 'release'
  let first: string | null = null
  let leave: () => void = () => undefined
  return {
    changed: (listener) => devices.changed(listener),
    open: async (wanted) => {
      leave()
      const camera = await devices.open(wanted)
      const identity = identityOf(camera)
      first ??= identity
      leave = watch(camera, { replaced: identity !== first, mayPlay }, tell, clock)
      return camera
    }
  }
}

/** Device and name. The id is stable for a device as long as the page's storage is. */
const identityOf = ({ track }: OpenCamera): string => `${track.getSettings().deviceId ?? ''} ${track.label}`

const watch = (
  { track }: OpenCamera,
  { replaced, mayPlay }: { readonly replaced: boolean; readonly mayPlay: boolean },
  tell: (facts: TrackFacts) => void,
  clock: () => number
): (() => void) => {
  let marks: readonly VirtualMark[] = marksOfName(track.label)
  let deliveredFps: number | null = null
  let over = false
  const say = (): void => {
    if (!over) tell({ marks, recording: mayPlay && isRecording(track.label), replaced, deliveredFps })
  }
  const probing = setTimeout(() => {
    probeTrack(track).then(
      (found) => {
        marks = found
        say()
      },
      // A camera that went away while it was asked says nothing about itself.
      () => undefined
    )
  }, probeAfterMs)
  const seen: { readonly at: number; readonly frames: number }[] = []
  const counting = setInterval(() => {
    const frames = (track as Counted).stats?.totalFrames
    if (frames === undefined) return
    seen.push({ at: clock(), frames })
    if (seen.length > counts + 1) seen.shift()
    const [oldest, newest] = [seen[0], seen.at(-1)]
    if (!oldest || !newest || newest.at <= oldest.at) return
    deliveredFps = Math.max(0, ((newest.frames - oldest.frames) * 1000) / (newest.at - oldest.at))
    say()
  }, countEveryMs)
  say()
  return () => {
    over = true
    clearTimeout(probing)
    clearInterval(counting)
  }
}
