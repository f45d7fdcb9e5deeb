import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'

/** One pixel of a screen, 0 to 255 per channel. */
export interface Pixel {
  readonly red: number
  readonly green: number
  readonly blue: number
}

/**
 * The memory of a virtual screen, read from outside the programs that draw on it. `Xvfb -fbdir DIR` maps it as
 * `DIR/Xvfb_screen0` in the X window dump format (X11/XWDFile.h): big-endian header words, then rows of BGRX.
 */
export class Framebuffer {
  readonly width: number
  readonly height: number
  readonly #file: number
  readonly #rowBytes: number
  readonly #start: number
  readonly #buffer = Buffer.alloc(4)

  constructor(folder: string) {
    this.#file = openSync(join(folder, 'Xvfb_screen0'), 'r')
    const header = Buffer.alloc(100)
    readSync(this.#file, header, 0, 100, 0)
    const word = (index: number): number => header.readUInt32BE(index * 4)
    this.width = word(4)
    this.height = word(5)
    const bitsPerPixel = word(11)
    if (bitsPerPixel !== 32)
      throw new Error(`the screen has ${String(bitsPerPixel)} bits a pixel, 32 are needed (depth 24)`)
    this.#rowBytes = word(12)
    const colours = word(19)
    this.#start = word(0) + colours * 12
  }

  /** Reads the pixel as it is in memory now; microseconds. */
  pixel(x: number, y: number): Pixel {
    readSync(this.#file, this.#buffer, 0, 4, this.#start + y * this.#rowBytes + x * 4)
    const [blue = 0, green = 0, red = 0] = this.#buffer
    return { red, green, blue }
  }

  /** The whole screen as RGB bytes, row by row. */
  rgb(): Buffer {
    const rows = Buffer.alloc(this.#rowBytes * this.height)
    readSync(this.#file, rows, 0, rows.length, this.#start)
    const out = Buffer.alloc(this.width * this.height * 3)
    for (let y = 0, to = 0; y < this.height; y += 1) {
      for (let x = 0; x < this.width; x += 1, to += 3) {
        const from = y * this.#rowBytes + x * 4
        out[to] = rows[from + 2] ?? 0
        out[to + 1] = rows[from + 1] ?? 0
        out[to + 2] = rows[from] ?? 0
      }
    }
    return out
  }

  /** Brightest channel on a grid of every `step` pixels. */
  brightest(step: number): number {
    let most = 0
    for (let y = 0; y < this.height; y += step) {
      for (let x = 0; x < this.width; x += step) most = Math.max(most, brightness(this.pixel(x, y)))
    }
    return most
  }

  close(): void {
    closeSync(this.#file)
  }
}

/** Brightest channel of a pixel, 0 (black) to 255. */
export const brightness = ({ red, green, blue }: Pixel): number => Math.max(red, green, blue)
