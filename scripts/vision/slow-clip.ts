import sharp from 'sharp'

/** Full-range luma and colour difference of ITU-R BT.601, which is what cameras and JPEG use. */
const luma = (r: number, g: number, b: number): number => 0.299 * r + 0.587 * g + 0.114 * b

/** One picture as planes of brightness and, at half the size, of both colour differences. */
const planesOf = async (picture: Buffer): Promise<{ width: number; height: number; planes: Buffer }> => {
  const { data, info } = await sharp(picture).removeAlpha().raw().toBuffer({ resolveWithObject: true })
  const { width, height } = info
  const planes = Buffer.alloc((width * height * 3) / 2)
  const half = width / 2
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const at = (y * width + x) * 3
      const [r = 0, g = 0, b = 0] = [data[at], data[at + 1], data[at + 2]]
      const bright = luma(r, g, b)
      planes[y * width + x] = bright
      if (x % 2 === 1 || y % 2 === 1) continue
      const to = width * height + (y / 2) * half + x / 2
      planes[to] = 128 + (b - bright) * 0.564
      planes[to + (half * height) / 2] = 128 + (r - bright) * 0.713
    }
  return { width, height, planes }
}

/** A recording for the browser's file camera (YUV4MPEG2) that keeps to a rate of its own, in frames a second. */
export const slowClip = async (pictures: readonly Buffer[], fps: number): Promise<Buffer> => {
  const frames = await Promise.all(pictures.map(planesOf))
  const first = frames[0]
  if (!first) throw new Error('A recording needs a picture.')
  const head = `YUV4MPEG2 W${String(first.width)} H${String(first.height)} F${String(fps)}:1 Ip A1:1 C420jpeg\n`
  return Buffer.concat([
    Buffer.from(head),
    ...frames.flatMap(({ planes }) => [Buffer.from('FRAME\n'), planes])
  ])
}
