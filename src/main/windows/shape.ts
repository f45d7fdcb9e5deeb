import type { BrowserWindowConstructorOptions, Rectangle } from 'electron'
import type { Flavour } from '../../core/flavour'

/** How the shell stands on the screen, per flavour. */
export const shellShape: Readonly<Record<Flavour, BrowserWindowConstructorOptions>> = {
  release: { kiosk: true, fullscreen: true, frame: false, skipTaskbar: true },
  test: { frame: false },
  demo: { frame: false }
}

/** The preview stands in the lower right corner, above all but the blanks. */
export function previewBounds(area: Rectangle): Rectangle {
  const width = 320
  const height = 240
  return { x: area.x + area.width - width, y: area.y + area.height - height, width, height }
}

/** A display's change that matters to what stands on it; the work area alone moves whenever a panel does. */
export const movesWindows = (changed: readonly string[]): boolean =>
  changed.some((metric) => metric !== 'workArea')
