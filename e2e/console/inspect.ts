import { expect, type Screen } from './console-fixture'

/** Both appearances of what stands on the page, each without a finding and each for a person to look at. */
export async function inspect({ page, axe, look }: Screen, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    // The change of colours begins with the next picture; axe waits for its end.
    await page.locator(`html[data-mantine-color-scheme="${colorScheme}"]`).waitFor()
    await page.evaluate(() => new Promise((r) => requestAnimationFrame(() => requestAnimationFrame(r))))
    expect(await axe()).toEqual([])
    await look(`${name}-${colorScheme}`)
  }
  await page.emulateMedia({ colorScheme: 'light' })
}
