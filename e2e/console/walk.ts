import { expect, type Screen } from './console-fixture'

/** One page of the console: its address, and what stands on it once it is there. */
export interface Stop {
  readonly name: string
  readonly path: string
  readonly ready: string
}

const WHOLE = { width: 1280, height: 720 }
/** What a window of that size has at 200 % zoom. */
const ZOOMED = { width: 640, height: 360 }

/** Goes to an address without a new load, as a link does: axe and the stream stay where they are. */
export async function go({ page }: Screen, { path, ready }: Stop): Promise<void> {
  await page.evaluate((to) => window.history.pushState(null, '', to), path)
  await expect(page.locator(ready).first()).toBeVisible()
  await expect(page.getByText(/^Loading/)).toHaveCount(0)
}

/** Looks at what stands there in both appearances, whole and at 200 % zoom: what axe finds, and what is cut off. */
export async function lookOver(screen: Screen, name: string): Promise<readonly string[]> {
  const { page, axe } = screen
  const found: string[] = []
  const note = (where: string, problems: readonly string[]): void => {
    for (const one of problems) found.push(`${name} ${where}: ${one}`)
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    for (const [size, viewport] of [
      ['whole', WHOLE],
      ['zoomed', ZOOMED]
    ] as const) {
      await page.setViewportSize(viewport)
      await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))))
      // Colours do not hang on the size, nor does what is cut off on the colours.
      if (size === 'zoomed' && colorScheme === 'dark') continue
      note(`${size} ${colorScheme}`, await axe())
      if (colorScheme === 'light') note(size, await cutOff(screen))
      await screen.lookWhole(`${name}-${size}-${colorScheme}`)
    }
  }
  await page.setViewportSize(WHOLE)
  return found
}

/** What is lost to the side, the first five of it: a page that scrolls sideways, and what stands outside of the window or is clipped. */
const cutOff = ({ page }: Screen): Promise<readonly string[]> =>
  page.evaluate(() => {
    const lost: string[] = []
    const root = document.documentElement
    if (root.scrollWidth > root.clientWidth) lost.push(`the page is ${root.scrollWidth} wide`)
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (['auto', 'scroll'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      const box = element.getBoundingClientRect()
      const style = getComputedStyle(element)
      const isSeen = box.width > 1 && box.height > 1 && style.visibility !== 'hidden'
      if (!isSeen || element.closest('svg, [aria-hidden="true"]') !== null) continue
      const named = `${element.tagName.toLowerCase()}.${element.className} "${element.textContent.slice(0, 40)}"`
      if (box.right > root.clientWidth + 1 && !scrolls(element.parentElement))
        lost.push(`beyond the edge: ${named}`)
      const isClipped = style.overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1
      if (isClipped && style.textOverflow !== 'ellipsis') lost.push(`clipped: ${named}`)
    }
    return lost.slice(0, 5)
  })
