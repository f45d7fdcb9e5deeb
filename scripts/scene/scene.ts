import sharp from 'sharp'
import { makeSprite, type SpriteSource } from './pictures'
import { random } from './random'
import { addGrain, drawSprite, fillSquare, type Canvas, type Place } from './raster'

export const frameWidth = 640
export const frameHeight = 480
/** What Chromium's file camera plays. */
export const framesPerSecond = 30

/**
 * The square in the upper left corner that tells an outside observer whether the object is in the picture. One block of
 * a JPEG, and no more contrast than that reader needs: a larger one is news to the eyes that are measured.
 */
export const marker = { left: 0, top: 0, size: 8, present: 158, absent: 98 } as const

export interface Layer {
  readonly sprite: SpriteSource
  /** Where it is at a time in seconds since the clip began, null while it is not in the picture; or where it stays. */
  readonly at: Place | ((seconds: number) => Place | null)
}

/** A clip: everything in it follows from its fields and its seed. */
export interface SceneSpec {
  readonly seconds: number
  readonly seed: number
  /** Back to front. */
  readonly layers: readonly Layer[]
  /** Paints the marker: white while it answers true, black otherwise. Without it there is no marker. */
  readonly marked?: (seconds: number) => boolean
}

const grainOf = (seed: number): Int8Array => {
  const chance = random(seed)
  // The sum of a few even spreads is close enough to what a sensor does.
  return Int8Array.from({ length: 200_003 }, () =>
    Math.round((chance.next() + chance.next() + chance.next() - 1.5) * 4)
  )
}

const encode = (canvas: Canvas): Promise<Buffer> =>
  sharp(canvas.data, { raw: { width: canvas.width, height: canvas.height, channels: 3 } })
    .jpeg({ quality: 78 })
    .toBuffer()

/** Draws one clip as JPEG pictures, one after the other, 30 a second: what `--havendesk-camera` takes. */
export const drawScene = async (spec: SceneSpec): Promise<Buffer> => {
  const frames: Buffer[] = []
  for await (const frame of drawFrames(spec)) frames.push(frame)
  return Buffer.concat(frames)
}

/** The same, one JPEG at a time. */
export async function* drawFrames({ seconds, seed, layers, marked }: SceneSpec): AsyncGenerator<Buffer> {
  const sprites = await Promise.all(layers.map(({ sprite }) => makeSprite(sprite)))
  // What never moves and lies behind all else is drawn once.
  const firstMoving = layers.findIndex(({ at }) => typeof at === 'function')
  const still = firstMoving < 0 ? layers : layers.slice(0, firstMoving)
  const moving = layers.slice(still.length)
  const backdrop: Canvas = {
    width: frameWidth,
    height: frameHeight,
    data: new Uint8Array(frameWidth * frameHeight * 3)
  }
  still.forEach(({ at }, layer) => {
    const sprite = sprites[layer]
    if (sprite && typeof at !== 'function') drawSprite(backdrop, sprite, at)
  })
  const grain = grainOf(seed)
  const shifts = random(seed + 1)
  const pending: Promise<Buffer>[] = []
  for (let index = 0; index < Math.round(seconds * framesPerSecond); index += 1) {
    const time = index / framesPerSecond
    const canvas: Canvas = { ...backdrop, data: backdrop.data.slice() }
    moving.forEach(({ at }, layer) => {
      const place = typeof at === 'function' ? at(time) : at
      const sprite = sprites[layer + still.length]
      if (place && sprite) drawSprite(canvas, sprite, place)
    })
    addGrain(canvas, grain, shifts.whole(0, grain.length - 1))
    if (marked)
      fillSquare(canvas, marker.left, marker.top, marker.size, marked(time) ? marker.present : marker.absent)
    pending.push(encode(canvas))
    const ready = pending.length > 4 ? pending.shift() : undefined
    if (ready) yield await ready
  }
  for (const last of pending) yield await last
}
