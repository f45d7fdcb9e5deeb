import type { Pixels } from '../../../src/vision/detector'
import { bentRows, type RowBend } from '../../scene/bend'
import { random } from '../../scene/random'
import type { Sprite } from '../../scene/raster'

/** A picture being drawn, in grey: camera truth reads brightness alone. One byte a pixel. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly light: Uint8Array
}

/** A grey cut-out: brightness already multiplied by opacity, and opacity. */
export interface Cutout extends Picture {
  readonly opacity: Uint8Array
}

export const blank = (width: number, height: number): Picture => ({
  width,
  height,
  light: new Uint8Array(width * height)
})

/** A coloured sprite in grey, weighted as camera truth weights colours. */
export const greyOf = ({ width, height, data }: Sprite): Cutout => {
  const light = new Uint8Array(width * height)
  const opacity = new Uint8Array(width * height)
  for (let pixel = 0; pixel < light.length; pixel += 1) {
    const at = pixel * 4
    light[pixel] = (data[at]! + 2 * data[at + 1]! + data[at + 2]!) >> 2
    opacity[pixel] = data[at + 3]!
  }
  return { width, height, light, opacity }
}

/** Draws a cut-out with its upper left corner at (left, top), every row bent by itself. */
export const drawBent = (
  picture: Picture,
  cutout: Cutout,
  left: number,
  top: number,
  bend: (share: number) => RowBend
): void => {
  const { width, light } = picture
  const { width: wide, light: from, opacity } = cutout
  for (const { y, firstX, lastX, sourceX: start, step, row, low } of bentRows(
    picture,
    cutout,
    left,
    top,
    bend
  )) {
    let sourceX = start
    for (let x = firstX, to = y * width + firstX; x <= lastX; x += 1, to += 1, sourceX += step) {
      const column = sourceX | 0
      const right = sourceX - column
      const p = row * wide + column
      const q = p + wide
      const cover =
        (opacity[p]! * (1 - right) + opacity[p + 1]! * right) * (1 - low) +
        (opacity[q]! * (1 - right) + opacity[q + 1]! * right) * low
      if (cover < 1) continue
      const own =
        (from[p]! * (1 - right) + from[p + 1]! * right) * (1 - low) +
        (from[q]! * (1 - right) + from[q + 1]! * right) * low
      light[to] = own + light[to]! * (1 - cover / 255)
    }
  }
}

/** Where a flat thing is: its centre in pixels of the frame, degrees clockwise, and size. */
export interface Plane {
  readonly x: number
  readonly y: number
  readonly turned: number
  readonly scale: number
}

/** Draws `sheet` as a flat thing. Points of the frame outside it are left alone. */
export const drawSheet = (
  { width, height, light }: Picture,
  { width: wide, height: high, light: from }: Picture,
  { x, y, turned, scale }: Plane
): void => {
  const angle = (turned * Math.PI) / 180
  const cos = Math.cos(angle) / scale
  const sin = Math.sin(angle) / scale
  for (let toY = 0; toY < height; toY += 1) {
    let sourceX = -cos * x + sin * (toY - y) + wide / 2
    let sourceY = sin * x + cos * (toY - y) + high / 2
    for (let to = toY * width; to < (toY + 1) * width; to += 1, sourceX += cos, sourceY -= sin) {
      if (sourceX < 0 || sourceY < 0 || sourceX >= wide - 1 || sourceY >= high - 1) continue
      const column = sourceX | 0
      const row = sourceY | 0
      const right = sourceX - column
      const low = sourceY - row
      const p = row * wide + column
      const q = p + wide
      light[to] =
        (from[p]! * (1 - right) + from[p + 1]! * right) * (1 - low) +
        (from[q]! * (1 - right) + from[q + 1]! * right) * low
    }
  }
}

const grain = ((): Float32Array => {
  const chance = random(77)
  return Float32Array.from({ length: 262_139 }, () => {
    // Two even numbers give a normal one.
    const radius = Math.sqrt(-2 * Math.log(1 - chance.next()))
    return radius * Math.cos(2 * Math.PI * chance.next())
  })
})()

/**
 * What a camera does to light: gain, the noise of its sensor (more where it is bright, as light itself is grainy), and
 * rounding to eight bits. `at` picks the noise: another number, other noise. `noise` is in grey levels at mid grey.
 */
export const expose = (
  { width, height, light }: Picture,
  gain: number,
  noise: number,
  at: number
): Pixels => {
  const words = new Uint32Array(width * height)
  let from = (Math.imul(at, 7_919) + 13 * at + 11) % grain.length
  if (from < 0) from += grain.length
  const spread = Float32Array.from(
    { length: 256 },
    (_, value) => noise * (0.6 + 0.4 * Math.sqrt(value / 128))
  )
  for (let pixel = 0; pixel < words.length; pixel += 1) {
    const value = light[pixel]!
    const exposed = value * gain + spread[value]! * grain[from]! + 0.5
    const byte = exposed < 0 ? 0 : exposed > 255 ? 255 : exposed | 0
    words[pixel] = byte | (byte << 8) | (byte << 16)
    from += 1
    if (from === grain.length) from = 0
  }
  return { width, height, data: new Uint8Array(words.buffer) }
}

/** Three passes of a running mean in both directions: close to the round blur of a lens out of focus. */
export const defocus = (picture: Picture, radius: number): void => {
  for (let pass = 0; pass < 3; pass += 1) {
    runningMean(picture, radius, true)
    runningMean(picture, radius, false)
  }
}

const runningMean = ({ width, height, light }: Picture, radius: number, across: boolean): void => {
  const length = across ? width : height
  const lines = across ? height : width
  const step = across ? 1 : width
  const line = new Uint8Array(length)
  const span = 2 * radius + 1
  for (let number = 0; number < lines; number += 1) {
    const start = across ? number * width : number
    for (let at = 0; at < length; at += 1) line[at] = light[start + at * step]!
    let sum = 0
    for (let at = -radius; at <= radius; at += 1) sum += line[Math.min(length - 1, Math.max(0, at))]!
    for (let at = 0; at < length; at += 1) {
      light[start + at * step] = sum / span
      sum += line[Math.min(length - 1, at + radius + 1)]! - line[Math.max(0, at - radius)]!
    }
  }
}
