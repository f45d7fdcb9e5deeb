import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import sharp, { type OverlayOptions, type Sharp } from 'sharp'
import type { Sprite } from './raster'

/** Where bootstrap puts the photographs of people and the cut-out phones. */
export const pictureFolder = resolve(import.meta.dirname, '../../.runtime/pictures')

export interface Area {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

/** How a sprite is made from a picture, in the order of the fields. */
export interface SpriteSource {
  /** Path under the picture folder: `people/sample6.jpg`. */
  readonly file: string
  /** Colours a rectangle of the picture anew: what a phone's screen shows. */
  readonly screen?: Area
  readonly crop?: Area
  /** Keeps what lies within this outline, in pixels of the whole picture; its edge is softened. */
  readonly outline?: readonly (readonly [number, number])[]
  readonly mirrored?: boolean
  /** Brightness factor: 1 leaves it. */
  readonly light?: number
  /** Width of the sprite in pixels before it is turned. */
  readonly width: number
  /** Degrees, clockwise. */
  readonly turned?: number
  /** Height factor under 1: something lying on a table, seen from the front. */
  readonly flattened?: number
  /** Blur in pixels of the result. */
  readonly blur?: number
}

/** A drawing as SVG, ready for sharp. */
export const svg = (width: number, height: number, inside: string): Buffer =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${inside}</svg>`)

/** A lock screen: a colour ramp and a clock. */
const screenPicture = ({ width, height }: Area): Buffer =>
  svg(
    width,
    height,
    `<defs><linearGradient id="g" x1="0" y1="0" x2="0.4" y2="1"><stop offset="0" stop-color="#27476e"/>
     <stop offset="1" stop-color="#0f1c2e"/></linearGradient></defs>
     <rect width="${width}" height="${height}" fill="url(#g)"/>
     <text x="50%" y="24%" text-anchor="middle" font-family="sans-serif" font-size="${width * 0.26}" fill="#e8eef6">10:42</text>
     <rect x="8%" y="40%" width="84%" height="11%" rx="${width * 0.04}" fill="#ffffff" fill-opacity="0.22"/>
     <rect x="8%" y="54%" width="84%" height="11%" rx="${width * 0.04}" fill="#ffffff" fill-opacity="0.16"/>`
  )

/** Cuts, turns and sizes a picture. Throws with the remedy when the pictures are not there. */
export const makeSprite = async (source: SpriteSource): Promise<Sprite> => {
  const path = resolve(pictureFolder, source.file)
  if (!existsSync(path))
    throw new Error(`The picture ${path} is missing. Run npm start or npm test once: they fetch it.`)
  const { width: wide, height: high } = await sharp(path).metadata()
  const area = source.crop ?? { left: 0, top: 0, width: wide, height: high }
  const overlays: OverlayOptions[] = []
  if (source.screen)
    overlays.push({ input: screenPicture(source.screen), left: source.screen.left, top: source.screen.top })
  if (source.outline) {
    const points = source.outline.map(([x, y]) => `${x},${y}`).join(' ')
    const mask = svg(wide, high, `<polygon points="${points}" fill="#fff"/>`)
    overlays.push({ input: await sharp(mask).blur(4).png().toBuffer(), blend: 'dest-in' })
  }
  const cut = await sharp(
    await sharp(path).ensureAlpha().composite(overlays).png({ compressionLevel: 1 }).toBuffer()
  )
    .extract(area)
    .flop(source.mirrored === true)
    .resize(source.width, Math.max(2, Math.round((source.width * area.height) / area.width)), { fit: 'fill' })
    .modulate({ brightness: source.light ?? 1 })
    .png({ compressionLevel: 1 })
    .toBuffer()
  const turned = await sharp(cut)
    .rotate(source.turned ?? 0, { background: { r: 0, g: 0, b: 0, alpha: 0 } })
    .png({ compressionLevel: 1 })
    .toBuffer({ resolveWithObject: true })
  const flattened = sharp(turned.data).resize(
    turned.info.width,
    Math.max(2, Math.round(turned.info.height * (source.flattened ?? 1))),
    { fit: 'fill' }
  )
  return spriteOf(source.blur === undefined ? flattened : flattened.blur(source.blur))
}

/** A picture of any kind as a sprite, colours multiplied by their opacity. */
export const spriteOf = async (picture: Sharp): Promise<Sprite> => {
  const { data, info } = await picture.ensureAlpha().raw().toBuffer({ resolveWithObject: true })
  return { width: info.width, height: info.height, data: multiplied(data) }
}

const multiplied = (data: Buffer): Uint8Array => {
  const out = new Uint8Array(data)
  for (let at = 0; at < out.length; at += 4) {
    const opacity = (out[at + 3] ?? 0) / 255
    for (let channel = at; channel < at + 3; channel += 1) out[channel] = (out[channel] ?? 0) * opacity
  }
  return out
}
