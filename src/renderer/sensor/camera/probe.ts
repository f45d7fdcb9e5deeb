import type { VirtualMark } from '../../../vision/camera-truth/facts'
import { looksVirtual, namesBus } from './virtual-names'
import { usual } from './wanted'

/** What sensors of real cameras let one set, or at least report. */
const controls = [
  'exposureMode',
  'exposureTime',
  'exposureCompensation',
  'whiteBalanceMode',
  'colorTemperature',
  'iso',
  'brightness',
  'contrast',
  'saturation',
  'sharpness',
  'focusMode',
  'focusDistance'
] as const

/** The part of a track that is asked, so that a test can stand in for hardware that this machine lacks. */
export type ProbedTrack = Pick<
  MediaStreamTrack,
  'label' | 'getSettings' | 'getCapabilities' | 'getConstraints' | 'applyConstraints'
>

interface Range {
  readonly min?: number
  readonly max?: number
}
type Values = Readonly<Record<string, unknown>>

const rangeOf = (value: unknown): Range | null => (typeof value === 'object' && value !== null ? value : null)

/** What the name alone says: known at once, before the camera has been asked anything. */
export const marksOfName = (label: string): readonly VirtualMark[] => [
  ...(looksVirtual(label) ? (['label'] as const) : []),
  ...(namesBus(label) ? [] : (['no-bus'] as const))
]

/**
 * Asks an open camera what it is. Nothing about the picture changes: the one constraint that is tried sets a control to
 * the value it has. Ask a second after opening, because controls become known late. Never rejects.
 */
export const probeTrack = async (track: ProbedTrack): Promise<readonly VirtualMark[]> => {
  const marks: VirtualMark[] = [...marksOfName(track.label)]
  const capabilities = track.getCapabilities() as Values
  const settings = track.getSettings() as Values
  const known = controls.filter((name) => name in capabilities)
  if (known.length === 0) marks.push('no-controls')
  const wide = rangeOf(capabilities['width'])
  const high = rangeOf(capabilities['height'])
  // A real camera offers more than the usual size; a generated one often has no other. Asked for more it may give its most.
  if (
    !asksForMore(track) &&
    wide?.max !== undefined &&
    wide.max === settings['width'] &&
    high?.max === settings['height']
  )
    marks.push('one-size')
  const steady = known.find((name) => typeof settings[name] === 'number')
  if (steady !== undefined && !(await takes(track, steady, settings[steady]))) marks.push('refuses-own-range')
  return marks
}

/** Whether the policy made it be opened for more than the usual size. */
const asksForMore = (track: ProbedTrack): boolean => {
  const { width, height } = track.getConstraints() as Values
  const ideal = (side: unknown): number => {
    const wish = (side as { readonly ideal?: unknown } | undefined)?.ideal
    return typeof wish === 'number' ? wish : 0
  }
  return ideal(width) > usual.width || ideal(height) > usual.height
}

/** Whether the camera takes the value that it says it has. */
const takes = async (track: ProbedTrack, control: string, value: unknown): Promise<boolean> => {
  try {
    await track.applyConstraints({
      // Constraints replace one another, so what it was opened with is said again.
      ...track.getConstraints(),
      advanced: [{ [control]: value }]
    })
    return true
  } catch {
    // The refusal is the answer.
    return false
  }
}
