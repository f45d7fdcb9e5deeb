import fc from 'fast-check'
import { expect, test } from 'vitest'
import { seeTime, type SeenTime } from './seen-time'

test('D9 F8 the time that was seen never goes back, whatever the wall clock does, and runs with the monotonic one', () => {
  const looks = fc.array(fc.record({ wall: fc.integer({ min: 0, max: 4e12 }), passed: fc.nat(1e9) }), {
    minLength: 1
  })
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), looks, (kept, steps) => {
      let seen: SeenTime = { latest: kept, at: 0 }
      for (const { wall, passed } of steps) {
        const next = seeTime(seen, wall, seen.at + passed)
        expect(next.latest).toBeGreaterThanOrEqual(seen.latest + passed)
        expect(next.latest).toBeGreaterThanOrEqual(wall)
        seen = next
      }
    })
  )
})
