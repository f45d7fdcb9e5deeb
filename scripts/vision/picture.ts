import sharp from 'sharp'
import type { Pixels } from '../../src/vision/detector'

/** Reads a picture file or its bytes as the sensor would see it, in its own size. */
export const readPicture = async (picture: string | Buffer): Promise<Pixels> => {
  const { data, info } = await sharp(picture)
    .rotate()
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data }
}
