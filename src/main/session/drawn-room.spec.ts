import { describe, expect, it } from 'vitest'
import { nothingKnown, type Truth } from '../../core/observation/camera-truth'
import { defaultRules } from '../../core/policy/defaults'
import type { Policy } from '../../core/policy/policy'
import { DrawnRoom } from './drawn-room'
import { sensorSettingsOf } from './sensor-settings'

const seat = { x: 0.2, y: 0.1, width: 0.6, height: 0.9 }
const ignore = [{ x: 0, y: 0, width: 0.2, height: 0.5 }]
const policy: Policy = {
  schema: 2,
  organisation: 'Demo Care',
  version: 1,
  issuedAt: '2026-01-01T00:00:00Z',
  expiresAt: '2027-01-01T00:00:00Z',
  sensor: { maxGapMs: 3000, room: { seat, ignore } },
  rules: defaultRules,
  workspace: { applications: [{ id: 'records', title: 'Records', url: 'https://records.example/' }] },
  hubGraceMs: 0
}
const holds: Truth = { state: 'holds', score: 1, forMs: 0 }
const seen = (moved: Truth, width = 640) => ({
  camera: { ...nothingKnown, moved },
  frame: { width, height: 480 }
})
/** What the sensor is told of the room. */
const toldOf = (room: DrawnRoom) => {
  const model = { id: 'm', url: '', files: {} }
  return sensorSettingsOf(room.applied(policy), { model, pace: 'full', preview: false }).room
}

describe('what is drawn of a room', () => {
  it('reaches the sensor as it was signed while the camera stands as it did', () => {
    const room = new DrawnRoom(() => undefined)
    for (const moved of [{ state: 'unknown' }, { state: 'clear' }] as const) room.observed(seen(moved))
    expect(toldOf(room)).toEqual({ seat, ignore })
  })

  it.each([
    ['a camera that was moved', seen(holds)],
    ['a picture that is cut otherwise', seen({ state: 'clear' }, 860)]
  ])(
    'ignores nothing after %s, to the end of the session, also when the sensor has learned the new view',
    (_, look) => {
      let changes = 0
      const room = new DrawnRoom(() => (changes += 1))
      room.observed(seen({ state: 'clear' }))
      room.observed(look)
      for (let n = 0; n < 100; n += 1) room.observed(seen({ state: 'clear' }))
      expect(toldOf(room)).toEqual({ seat })
      expect(changes).toBe(1)
      room.newSession()
      expect(toldOf(room)).toEqual({ seat, ignore })
      expect(changes).toBe(2)
    }
  )

  it('is nothing where the policy draws nothing', () => {
    const model = { id: 'm', url: '', files: {} }
    expect(
      sensorSettingsOf({ ...policy, sensor: { maxGapMs: 3000 } }, { model, pace: 'full', preview: false })
        .room
    ).toEqual({})
  })
})
