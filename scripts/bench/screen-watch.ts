import { brightness, type Framebuffer } from '../stack/framebuffer'
import { sleep } from '../stack/wait'

/** One appearance of an object in the camera's picture. Instants are this process's `performance.now()`. */
export interface Appearance {
  readonly seenAt: number
  /** When the workspace was black; null when it was not within the limit. */
  readonly blackAt: number | null
}

export interface ScreenReport {
  readonly appearances: readonly Appearance[]
  /** How often the screen went black with nothing in the picture. */
  readonly falseBlanks: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

const LIT = 128
/** The blank page is near-black, its words are elsewhere. */
const BLACK = 48
/** An appearance that is not answered within this time is a miss, milliseconds. */
export const MISS_MS = 5000

/**
 * Watches two places of one screen with one clock: the marker that the clip paints while the object is in the picture,
 * as the preview shows it, and the workspace. A poll costs microseconds, and one comes about every millisecond.
 */
export async function watchScreen(
  screen: Framebuffer,
  marker: Point,
  workspace: Point,
  appearances: number,
  limitMs: number,
  seen: (sofar: readonly Appearance[], falseBlanks: number) => void = () => undefined
): Promise<ScreenReport> {
  const found: Appearance[] = []
  let falseBlanks = 0
  const lit = (): boolean => brightness(screen.pixel(marker.x, marker.y)) > LIT
  const black = (): boolean => brightness(screen.pixel(workspace.x, workspace.y)) < BLACK
  const end = performance.now() + limitMs
  const during = async (done: () => boolean, until: number): Promise<boolean> => {
    while (!done()) {
      if (performance.now() > until) return false
      await sleep(1)
    }
    return true
  }
  while (found.length < appearances && performance.now() < end) {
    // Armed: the workspace is in sight and nothing is in the picture.
    if (!(await during(() => !black() && !lit(), end))) break
    if (!(await during(() => lit() || black(), end))) break
    const at = performance.now()
    if (!lit()) {
      // The blank window covers the marker too: it may have come up between two polls.
      falseBlanks += 1
      continue
    }
    const answered = await during(black, at + MISS_MS)
    found.push({ seenAt: at, blackAt: answered ? performance.now() : null })
    seen(found, falseBlanks)
  }
  return { appearances: found, falseBlanks }
}
