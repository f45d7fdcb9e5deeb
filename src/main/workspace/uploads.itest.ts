import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requires } from '../../../test/requires'
import { waysToGive } from '../../../test/uploads/ways'
import { TabTrial } from '../../../test/tab-trial'

/** In an Electron of its own, for the reason that `printing.itest.ts` gives. */
describe('C3 files of the computer in a tab', () => {
  let trial: TabTrial
  beforeEach((context) => requires(context, 'linux', 'display', 'electron'))
  beforeAll(async () => {
    trial = await TabTrial.open('test/uploads/tab-child.ts')
  })
  afterAll(() => trial.remove())

  it.each([
    ['a file field', { dialogs: 1 }],
    ['a field in a frame', { dialogs: 1 }],
    ['a place to drop', { given: 2 }],
    ['dropped', { given: 1 }]
  ])('are given where nothing holds it: %s', async (way, given) => {
    expect(await trial.run({ HAVENDESK_WAY: way, HAVENDESK_HELD: 'no' })).toMatchObject(given)
  })

  it.each([...Object.keys(waysToGive), 'dropped'])('are not given, and it is told: %s', async (way) => {
    const { given, dialogs, refused } = await trial.run({ HAVENDESK_WAY: way })
    expect({ given, dialogs }).toEqual({ given: 0, dialogs: 0 })
    expect(refused).toBeGreaterThan(0)
  })
})
