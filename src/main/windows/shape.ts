import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { Flavour } from '../../core/flavour'

/** How the shell stands on the screen, per flavour. */
export const shellShape: Readonly<Record<Flavour, BrowserWindowConstructorOptions>> = {
  release: { kiosk: true, fullscreen: true, frame: false, skipTaskbar: true },
  test: { frame: false },
  demo: { frame: false }
}

/**
 * Bounds of a window that covers a whole display without being full-screen. X11 makes one of exactly the display's size
 * a pixel short; one that is a pixel larger is left alone.
 */
export const covering = (display: Rectangle): Rectangle => ({
  ...display,
  width: display.width + 1,
  height: display.height + 1
})

/** Whether a window is not where it should be, by more than the two pixels that X11 may take or give. */
export const isElsewhere = (at: Rectangle, place: Rectangle): boolean =>
  (['x', 'y', 'width', 'height'] as const).some((side) => Math.abs(at[side] - place[side]) > 2)

/**
 * Where the shell stands. Outside release it is one line short of the display: a window without a frame and of exactly
 * the display's size counts as full-screen for some window managers, and with the focus it would rise over the blanks.
 */
export const shellBounds = (flavour: Flavour, display: Rectangle): Rectangle =>
  flavour === 'release' ? display : { ...display, height: display.height - 1 }

/** The preview stands in the lower right corner, above all but the blanks. */
export function previewBounds(area: Rectangle): Rectangle {
  const width = 320
  const height = 240
  return { x: area.x + area.width - width, y: area.y + area.height - height, width, height }
}

/** A display's change that matters to what stands on it; the work area alone moves whenever a panel does. */
export const movesWindows = (changed: readonly string[]): boolean =>
  changed.some((metric) => metric !== 'workArea')
