import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RequestNumbers, type KeptNumbers } from './request-numbers'

/** What the outbox does: numbers set aside in blocks on the disk, and a start beyond the block after a restart. */
class Disk {
  ceiling = 0
  open(): KeptNumbers {
    let at = this.ceiling
    const reserve = (): void => {
      this.ceiling = Math.max(this.ceiling, at + 100)
    }
    reserve()
    return {
      nextRequest: (least) => {
        at = Math.max(at, least)
        if (at >= this.ceiling) reserve()
        at += 1
        return at - 1
      },
      skipRequests: () => {
        at += 100
      }
    }
  }
}

const step = fc.constantFrom('ask', 'skip', 'disk full', 'disk back', 'process dies')

test('F5: numbers rise whatever happens to the disk and the process within a run', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const disk = new Disk()
      let uptime = 40_000
      let store: KeptNumbers | null = disk.open()
      const begin = (): RequestNumbers =>
        new RequestNumbers(
          () => store,
          () => uptime
        )
      let numbers = begin()
      let last = -1
      let asked = 0
      for (const what of steps) {
        uptime += 50
        if (what === 'ask') {
          const next = numbers.next()
          expect(next).toBeGreaterThan(last)
          last = next
          asked += 1
        }
        if (what === 'skip') numbers.skip()
        if (what === 'disk full') store = null
        if (what === 'disk back') store ??= disk.open()
        if (what === 'process dies') {
          // A new process takes a while, longer than the requests that came before it.
          uptime += 20_000 * (asked + steps.length)
          numbers = begin()
          if (store !== null) store = disk.open()
        }
      }
    })
  )
})

test('F5: a process that is replaced on a full disk goes on with higher numbers, though the wall clock was set back by years', () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2036-11-26T10:00:00Z') })
  try {
    const before = new RequestNumbers(() => null).next()
    vi.setSystemTime(new Date('2026-11-26T10:00:00Z'))
    const until = performance.now() + 2
    while (performance.now() < until) continue
    expect(new RequestNumbers(() => null).next()).toBeGreaterThan(before)
  } finally {
    vi.useRealTimers()
  }
})

test('F5: a clock that says nothing begins at nothing', () => {
  expect(
    new RequestNumbers(
      () => null,
      () => -5
    ).next()
  ).toBe(0)
})
