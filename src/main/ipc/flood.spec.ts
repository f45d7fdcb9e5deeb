import { describe, expect, test } from 'vitest'
import { calls, ids, observation, Served } from '../../../test/ipc/served'
import { DEFAULT_RATE, RATES } from './budget'
import { FLOOD_PER_SECOND } from './flood'

/** Calls that are flooded for the whole ten seconds; the others, whose code is the same, for one. */
const whole: readonly string[] = ['sensor.observe', 'shell.stripHeight']
const SECONDS = 10
const PER_MS = 10

describe('B4 10,000 messages a second for ten seconds', { timeout: 60_000 }, () => {
  test.each(calls)(
    'B4 on $call: what is beyond its rate is refused, and every other call is served in order',
    ({ kind, name, call: flooded }) => {
      let now = 0
      const served = new Served(() => now)
      const seconds = whole.includes(flooded) ? SECONDS : 1
      const others = calls.filter((call) => call.kind !== kind || call.name !== name)
      const due: string[] = []
      for (let ms = 0; ms < seconds * 1000; ms += 1) {
        now = ms
        // Mostly junk, as floods are; what is well formed is told from it by its own rate.
        for (let n = 0; n < PER_MS; n += 1) served.say(kind, name, n === 0 ? wellFormed(flooded, ms) : n)
        if (ms % 5000 === 4999) served.period()
        if (ms % 2000 !== 0) continue
        for (const other of others) {
          if (other.verb === 'notify') continue
          served.say(other.kind, other.name, wellFormed(other.call, ms))
          due.push(other.call)
        }
      }
      served.period()
      const { perSecond, burst } = RATES[flooded] ?? DEFAULT_RATE
      const through = served.handled.filter(({ call }) => call === flooded).length
      expect(through).toBeLessThanOrEqual(burst + perSecond * seconds)
      // Not one call of another is lost, none overtakes another.
      expect(served.handled.filter(({ call }) => call !== flooded).map(({ call }) => call)).toEqual(due)
      // A hundred thousand refusals are a handful of records, whose counts add up to all of them.
      expect(served.records.reduce((sum, { count }) => sum + count, 0)).toBe(served.refused)
      expect(served.records.length).toBeLessThan(20)
      expect(through + served.refused).toBeGreaterThanOrEqual(
        seconds * 1000 * PER_MS - perSecond * seconds - burst
      )
      // Whoever does that is to be ended, and nobody else.
      expect(served.flooded).toEqual(Array.from({ length: seconds }, () => ids[kind]))
    }
  )

  test('B4 a page that errs is not ended, however long it errs', () => {
    let now = 0
    const served = new Served(() => now)
    const each = FLOOD_PER_SECOND / 20
    for (; now < 60_000; now += 100)
      for (let n = 0; n < each; n += 1) served.say('shell', 'setLanguage', { n })
    expect(served.refused).toBeGreaterThan(each * 500)
    expect(served.flooded).toEqual([])
  })

  test('B4 of looks: the newest that are let through come in order, to the end', () => {
    let now = 0
    const served = new Served(() => now)
    const sent = 3 * 1000 * PER_MS
    for (let seq = 0; seq < sent; seq += 1) {
      now = seq / PER_MS
      served.say('sensor', 'observe', observation(seq))
    }
    const seen = served.handled.map(({ argument }) => (argument as { readonly seq: number }).seq)
    expect(seen).toEqual(seen.toSorted((a, b) => a - b))
    // No longer than a few of its own frames apart, and not only at the beginning.
    const gaps = seen.slice(1).map((seq, index) => seq - (seen[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual((2 * PER_MS * 1000) / 60)
    expect(sent - (seen.at(-1) ?? 0)).toBeLessThanOrEqual((2 * PER_MS * 1000) / 60)
  })
})

function wellFormed(call: string, seq: number): unknown {
  switch (call) {
    case 'sensor.observe':
      return observation(seq)
    case 'sensor.camera':
      return { state: 'starting' }
    case 'sensor.fault':
      return { stage: 'detect', message: 'made up' }
    case 'shell.signIn':
      return { email: 'a1@demo.example', password: 'x' }
    case 'shell.openApplication':
      return 'records'
    case 'shell.setLanguage':
      return 'es'
    case 'shell.stripHeight':
      return 48
    case 'shell.appeal':
      return { alert: '5c4b1e0a-6d0f-4b52-9d0a-0b8a1f6a2c11', statement: 'made up' }
    case 'shell.askException':
      return { check: 'firewall', reason: 'it-advised' }
    default:
      return undefined
  }
}
