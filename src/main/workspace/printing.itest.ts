import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requires } from '../../../test/requires'
import { waysToPrint } from '../../../test/printing/ways'
import { TabTrial } from '../../../test/tab-trial'

/**
 * In an Electron of its own and not in a scene: what drives scenes is a second inspector of the same page, and with it
 * Chromium runs no script of ours in frames.
 */
describe('C3 printing from a tab', () => {
  let trial: TabTrial
  beforeEach((context) => requires(context, 'linux', 'display', 'electron'))
  beforeAll(async () => {
    trial = await TabTrial.open('test/printing/tab-child.ts')
  })
  afterAll(() => trial.remove())

  const tryIt = (way: string, more: Readonly<Record<string, string>> = {}) =>
    trial.run({ HAVENDESK_WAY: way, ...more })

  it('opens the dialog of the system where nothing holds it', async () => {
    expect((await tryIt('the function of an empty frame', { HAVENDESK_HELD: 'no' })).dialogs).toBe(1)
  })

  it.each(Object.keys(waysToPrint))('opens no dialog and is told: %s', async (way) => {
    // Both in one, so that a dialog says whether the page was held at all.
    const { dialogs, refused } = await tryIt(way)
    expect({ dialogs, isTold: (refused ?? 0) > 0 }).toEqual({ dialogs: 0, isTold: true })
  })

  it('holds a page that is loaded again after its process broke off', async () => {
    const { dialogs, refused } = await tryIt('a frame of the site', { HAVENDESK_CRASHED: 'yes' })
    expect(dialogs).toBe(0)
    expect(refused).toBeGreaterThan(0)
  })
})
