import type { Pixels } from '../../../vision/detector'

/**
 * Copies a frame's colours out as red, green, blue, unused. The memory is reused: the answer is valid until the
 * next call. Answers null for a frame without an area.
 */
export const pixelReader = (): ((frame: VideoFrame) => Promise<Pixels | null>) => {
  let buffer = new Uint8Array(0)
  return async (frame) => {
    const { displayWidth: width, displayHeight: height } = frame
    if (width < 1 || height < 1) return null
    if (buffer.length !== width * height * 4) buffer = new Uint8Array(width * height * 4)
    const options = { format: 'RGBX' as const, rect: frame.visibleRect ?? undefined }
    const [plane] = await frame.copyTo(buffer, withoutUndefined(options))
    const visible = frame.visibleRect
    const same = visible !== null && visible.width === width && visible.height === height
    if (!same || plane?.offset !== 0 || plane.stride !== width * 4)
      throw new Error(`The camera's frame lies in memory in an unknown way (${width} x ${height}).`)
    return { width, height, data: buffer }
  }
}

const withoutUndefined = ({
  format,
  rect
}: {
  readonly format: 'RGBX'
  readonly rect: DOMRectReadOnly | undefined
}): VideoFrameCopyToOptions =>
  rect ? { format, rect: { x: rect.x, y: rect.y, width: rect.width, height: rect.height } } : { format }
