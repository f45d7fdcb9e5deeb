import { describe, expect, it } from 'vitest'
import { workClock } from './work-clock'

describe('workClock', () => {
  it('runs while the pipeline works, and stands while anything else is done', async () => {
    let spent = 500
    const clock = workClock(() => spent)
    expect(clock.now()).toBe(0)
    // Drawing.
    spent += 1_000
    expect(clock.now()).toBe(0)
    const { result, ms } = await clock.working(() => {
      spent += 30
      expect(clock.now()).toBe(30)
      spent += 10
      return Promise.resolve('seen')
    })
    spent += 1_000
    expect({ result, ms, now: clock.now() }).toEqual({ result: 'seen', ms: 40, now: 40 })
  })

  it('is put forward over rests, also from within the work, and never back', async () => {
    let spent = 0
    const clock = workClock(() => spent)
    clock.skip(60)
    clock.skip(-500)
    await clock.working(() => {
      spent += 5
      clock.skip(70)
      return Promise.resolve()
    })
    expect(clock.now()).toBe(135)
  })

  it('counts the work that failed', async () => {
    let spent = 0
    const clock = workClock(() => spent)
    const failing = clock.working(() => {
      spent += 25
      return Promise.reject(new Error('no'))
    })
    await expect(failing).rejects.toThrow('no')
    expect(clock.now()).toBe(25)
  })
})
