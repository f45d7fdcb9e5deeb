/** One camera picture: rows of red, green, blue and one unused byte. The caller owns the memory and may reuse it. */
export interface Pixels {
  readonly width: number
  readonly height: number
  /** `width * height * 4` bytes. */
  readonly data: Uint8Array | Uint8ClampedArray
}

/** A rectangle in shares of the picture, 0 to 1, from its upper left corner. */
export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** One candidate: a class, how sure the model is (0 to 1), and where. */
export interface Detection {
  readonly label: string
  readonly score: number
  readonly box: Box
}

/** Best score of every asked class, also when no candidate reached the floor. */
export type BestScores = Readonly<Record<string, number>>

export interface Detections {
  /** Candidates at or above the detector's floor, one per object (overlaps of one class removed), best first. */
  readonly found: readonly Detection[]
  readonly best: BestScores
}

/**
 * Finds objects in a picture. `load` must have resolved before `detect` is called; both reject with an `Error`
 * that names what went wrong. No picture is kept after `detect` has resolved.
 */
export interface Detector {
  /** Name and version of model and weights: `coco-ssd@2.2.3#0123456789ab`. */
  readonly id: string
  load(): Promise<void>
  /**
   * Looks at the picture, or closer at one `part` of it. Boxes are in shares of the whole picture either way, so that
   * what was found in two looks can be compared.
   */
  detect(pixels: Pixels, part?: Box): Promise<Detections>
  /**
   * Looks at the golden picture and answers by how much the current backend's numbers differ from the right ones:
   * 0 is perfect, more than 1 means that the backend must not be used.
   */
  verify(): Promise<number>
  dispose(): void
}

/** Throws when the picture is not one: no area, or fewer bytes than its size needs. */
export const assertPixels = ({ width, height, data }: Pixels): void => {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1)
    throw new RangeError(`The picture has no area (${width} x ${height}).`)
  if (data.length < width * height * 4)
    throw new RangeError(
      `The picture of ${width} x ${height} needs ${width * height * 4} bytes, not ${data.length}.`
    )
}
