import type { WebContents } from 'electron'

/** How often the time in a watermark is made anew, milliseconds: a photograph tells the minute. */
const EVERY_MS = 60_000

/** How often the line is repeated: enough for a display of eight thousand pixels, and little for a browser. */
const REPEATED = 600

/**
 * The line of a watermark as CSS: a layer over the page, of our own origin, which no style of the page overrides. It
 * never catches the mouse, is told to no screen reader (`/ ''`), loads nothing, and is as light on white as on black. Where
 * one of its thin strokes meets a letter, black on white keeps 16:1, and grey text of 4.5:1 has 3.9:1 beside the stroke.
 */
export function watermarkCss(line: string): string {
  const text = `${line.replace(/\s+/g, '\u00a0')}\u2003\u2003\u2003 `.repeat(REPEATED)
  const rules = {
    content: `${cssText(text)} / ''`,
    position: 'fixed',
    inset: '-50vmax',
    margin: '0',
    padding: '0',
    'z-index': '2147483647',
    display: 'block',
    visibility: 'visible',
    opacity: '1',
    overflow: 'hidden',
    transform: 'rotate(-24deg)',
    'pointer-events': 'none',
    'user-select': 'none',
    background: 'none',
    color: 'rgb(128 128 128 / 0.13)',
    font: '500 15px/110px sans-serif',
    'white-space': 'normal',
    'text-align': 'start',
    'letter-spacing': 'normal',
    'text-transform': 'none'
  }
  const body = Object.entries(rules).map(([name, value]) => `${name}: ${value} !important`)
  return `html::after { ${body.join('; ')} }`
}

/** A text as a string of CSS: whatever is not a plain letter or digit is written by its number. */
const cssText = (text: string): string =>
  `'${Array.from(text, (one) => (/[\p{L}\p{N} ]/u.test(one) ? one : `\\${one.codePointAt(0)?.toString(16) ?? ''} `)).join('')}'`

/**
 * Keeps a watermark over the pages of a tab for as long as it lives. `line` is asked again for each page and each minute;
 * null: there is none now.
 */
export function keepWatermark(
  contents: WebContents,
  line: () => string | null,
  fault: (error: unknown) => void
): void {
  let now: { readonly css: string; readonly key: string } | null = null
  /** Rises with each page: what was inserted into the one before went with it. */
  let page = 0
  const settle = async (): Promise<void> => {
    const said = line()
    const css = said === null ? '' : watermarkCss(said)
    const [before, on] = [now, page]
    if (css === (before?.css ?? '')) return
    now = null
    if (css !== '') {
      // eslint-disable-next-line no-restricted-syntax -- ours, and it may draw over the page: see docs/adr/0098
      const key = await contents.insertCSS(css, { cssOrigin: 'user' })
      if (on !== page) return
      now = { css, key }
    }
    if (before !== null) await contents.removeInsertedCSS(before.key)
  }
  const act = (): void => {
    if (!contents.isDestroyed()) settle().catch(fault)
  }
  contents.on('did-navigate', () => {
    page += 1
    now = null
    act()
  })
  const timer = setInterval(act, EVERY_MS)
  contents.once('destroyed', () => {
    clearInterval(timer)
  })
}
