import { describe, expect, it } from 'vitest'
import { defaultRules } from '../../../../src/core/policy/defaults'
import type { Pixels } from '../../../../src/vision/detector'
import { detections, scriptedClock, scriptedDetector, seen, watcherOf } from '../fixtures'
import { processorClock, statedClock } from './clock'
import { heldFor, stillWatcher, watchStill } from './still'

const grey: Pixels = { width: 8, height: 8, data: new Uint8Array(8 * 8 * 4).fill(120) }
const phone = detections(seen('person', 0.9), seen('phone', 0.8))
const clear = detections(seen('person', 0.9))
const rules = { ...defaultRules, phone: { ...defaultRules.phone, enterMs: 250 } }

const hold = async (options: {
  readonly lookMs: number
  readonly forMs?: number
  readonly script: (look: number) => ReturnType<typeof detections>
}) => {
  const clock = scriptedClock()
  const detector = scriptedDetector(options.script, () => clock.work(options.lookMs))
  const still = await watchStill(
    { watcher: watcherOf(detector, clock), clock, rules, forMs: options.forMs ?? 1000 },
    grey
  )
  return { still, looks: detector.looks() }
}

describe('a still held up for one second', () => {
  it('is looked at ten times a second by a quick computer, as the live sensor looks', async () => {
    const { still } = await hold({ lookMs: 40, script: () => clear })
    expect(still.looks).toBe(10)
  })

  it('is looked at less often by a slow one, which rests a seventh of its time', async () => {
    const { still } = await hold({ lookMs: 200, script: () => clear })
    // 200 ms and 30 ms of rest: looks land at 200, 430, 660, 890.
    expect(still.looks).toBe(4)
  })

  it('counts nothing that lands after the second is over', async () => {
    const { still, looks } = await hold({ lookMs: 1100, script: () => phone })
    expect(looks).toBe(1)
    expect(still).toMatchObject({ looks: 0, persons: null, absent: false })
    expect(heldFor(still, 'phone')).toBe(false)
    expect(still.scores.phone).toBe(0)
  })

  it('holds a rule only when its enter dwell fits into the second', async () => {
    const quick = await hold({ lookMs: 40, script: () => phone })
    expect(heldFor(quick.still, 'phone')).toBe(true)
    const slow = await hold({ lookMs: 900, script: () => phone })
    expect(slow.still.looks).toBe(1)
    expect(heldFor(slow.still, 'phone')).toBe(false)
    // Its score is known all the same: curves are about scores.
    expect(slow.still.scores.phone).toBeCloseTo(0.8)
  })

  it('does not hold a rule for a flicker of one look', async () => {
    const { still } = await hold({ lookMs: 40, script: (look) => (look === 4 ? phone : clear) })
    expect(heldFor(still, 'phone')).toBe(false)
  })

  it('keeps a rule that held at any instant of it', async () => {
    const { still } = await hold({ lookMs: 40, script: (look) => (look < 6 ? phone : clear) })
    expect(heldFor(still, 'phone')).toBe(true)
  })

  it('says that nobody was there only when every look counted nobody', async () => {
    expect((await hold({ lookMs: 40, script: () => detections() })).still.absent).toBe(true)
    const once = await hold({ lookMs: 40, script: (look) => (look === 5 ? clear : detections()) })
    expect(once.still.absent).toBe(false)
  })

  it('stops at a look that fails instead of counting it as nothing seen', async () => {
    const failing = (): never => {
      throw new Error('the backend is gone')
    }
    await expect(hold({ lookMs: 40, script: failing })).rejects.toThrow(/backend is gone/)
  })

  it('takes as long as it is told to', async () => {
    expect((await hold({ lookMs: 40, forMs: 3000, script: () => clear })).still.looks).toBe(30)
  })
})

describe('a computer on which a look takes what was stated', () => {
  it.each([
    [40, 10],
    [200, 4],
    [900, 1]
  ])('of %i ms looks %i times in a second, however long a look takes here', async (lookMs, looks) => {
    const clock = statedClock(lookMs)
    const detector = scriptedDetector(
      () => clear,
      () => clock.looked()
    )
    const still = await watchStill({ watcher: watcherOf(detector, clock), clock, rules, forMs: 1000 }, grey)
    expect(still.looks).toBe(looks)
    expect(still.cpuShare).toBe(1)
  })
})

describe('a computer that is busy elsewhere', () => {
  /** Holds stills up while the processor works for us by these shares, one per try; each try's first sees a phone. */
  const holder = (shares: readonly number[]) => {
    let tried = 0
    const total = { work: 0, now: 0 }
    const clock = {
      now: () => total.now,
      cpu: () => total.work,
      pause: (ms: number) => {
        total.now += ms
        return Promise.resolve()
      }
    }
    const newWatcher = () => {
      const share = shares[tried] ?? 1
      tried += 1
      // What was seen must not decide which try counts: the first sees a phone, the others don't.
      const script = tried === 1 ? phone : clear
      const work = (): void => {
        total.now += 100
        total.work += 100 * share
      }
      return watcherOf(
        scriptedDetector(() => script, work),
        clock
      )
    }
    return stillWatcher({ newWatcher, clock, rules, forMs: 1000 })
  }

  it('holds the still up again, at most three times, and counts the try with the most processor', async () => {
    const again = await holder([0.3, 0.9])(grey)
    expect(again.tries).toBe(2)
    expect(heldFor(again, 'phone')).toBe(false)
    const never = await holder([0.5, 0.3, 0.2, 0.9])(grey)
    expect(never.tries).toBe(3)
    expect(heldFor(never, 'phone')).toBe(true)
    expect((await holder([0.8])(grey)).tries).toBe(1)
  })

  it('stops trying after three stills in vain, until one has the processor again', async () => {
    const hold = holder([...Array.from({ length: 10 }, () => 0.3), 0.9, 0.3, 0.9])
    const tries = []
    for (let still = 0; still < 6; still += 1) tries.push((await hold(grey)).tries)
    expect(tries).toEqual([3, 3, 3, 1, 1, 2])
  })
})

describe("the processor's clock", () => {
  it('moves by the work of this program and by the rests it skips, whatever the wall says', async () => {
    let work = 0
    const clock = processorClock(() => work)
    const before = clock.now()
    work += 70
    await clock.pause(60_000)
    expect(clock.now() - before).toBe(60_070)
    await clock.pause(-5)
    expect(clock.now() - before).toBe(60_070)
  })
})
