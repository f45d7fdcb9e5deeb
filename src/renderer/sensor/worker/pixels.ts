import type { Pixels } from '../../../vision/detector'
import { usesFullRange } from './luma-range'

/** While a camera does not say which range its luma uses, every so manieth frame is looked at for it. */
const askEvery = 10
/** JPEG's own numbers (JFIF): the full range, the weights of BT.601. */
const asJpeg: VideoColorSpaceInit = {
  fullRange: true,
  matrix: 'smpte170m',
  primaries: 'bt709',
  transfer: 'iec61966-2-1'
}
const planar: ReadonlySet<string | null> = new Set(['I420', 'I422', 'I444', 'NV12'])

/**
 * Copies a frame's colours out as red, green, blue, unused. The memory is reused: the answer is valid until the
 * next call. Answers null for a frame without an area. A camera that sends the full range of luma without saying so is
 * noticed by its picture, and believed to do so from then on.
 */
export const pixelReader = (): ((frame: VideoFrame) => Promise<Pixels | null>) => {
  let buffer = new Uint8Array(0)
  let planes = new Uint8Array(0)
  let asked = 0
  let full = false

  /** The frame with the range it really uses said; null when there is nothing to say. Whoever gets it closes it. */
  const told = async (frame: VideoFrame): Promise<VideoFrame | null> => {
    const { format, codedWidth, codedHeight, displayHeight, timestamp, visibleRect } = frame
    if (frame.colorSpace.fullRange !== null || !planar.has(format) || format === null) return null
    asked += 1
    if (!full && asked % askEvery !== 1) return null
    const rect = { x: 0, y: 0, width: codedWidth, height: codedHeight }
    const size = frame.allocationSize({ rect })
    if (planes.length !== size) planes = new Uint8Array(size)
    const layout = await frame.copyTo(planes, { rect })
    const luma = layout[0]
    full ||=
      luma !== undefined &&
      usesFullRange(planes.subarray(luma.offset, luma.offset + luma.stride * displayHeight))
    if (!full) return null
    const shown = visibleRect === null ? {} : { visibleRect: { ...rectOf(visibleRect) } }
    return new VideoFrame(planes, {
      format,
      codedWidth,
      codedHeight,
      timestamp,
      layout,
      colorSpace: asJpeg,
      ...shown
    })
  }

  return async (given) => {
    const { displayWidth: width, displayHeight: height, visibleRect } = given
    if (width < 1 || height < 1) return null
    if (buffer.length !== width * height * 4) buffer = new Uint8Array(width * height * 4)
    const corrected = await told(given)
    try {
      const frame = corrected ?? given
      const rect = visibleRect === null ? {} : { rect: rectOf(visibleRect) }
      const [plane] = await frame.copyTo(buffer, { format: 'RGBX', ...rect })
      const same = visibleRect !== null && visibleRect.width === width && visibleRect.height === height
      if (!same || plane?.offset !== 0 || plane.stride !== width * 4)
        throw new Error(`The camera's frame lies in memory in an unknown way (${width} x ${height}).`)
      return { width, height, data: buffer }
    } finally {
      corrected?.close()
    }
  }
}

const rectOf = ({ x, y, width, height }: DOMRectReadOnly): DOMRectInit => ({ x, y, width, height })
