import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { policyFor, policySchema, type Policy } from './policy'
import { roomSchema, type Room } from './room'

const seat = { x: 0.2, y: 0.1, width: 0.6, height: 0.9 }
const mirror = { x: 0, y: 0, width: 0.3, height: 0.5 }
const policy = demoPolicy()
const problems = (room: unknown) =>
  (roomSchema.safeParse(room).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)

describe('what a policy draws of a room', () => {
  it.each([
    [
      'a zone beyond the picture',
      { seat: { ...seat, width: 0.9 } },
      ['seat.width: it reaches beyond the right edge']
    ],
    [
      'a seat for nobody',
      { seat: { ...seat, width: 0.1 } },
      ['seat: it has to take 10 % of the picture at least']
    ],
    [
      'half the room that is not looked at',
      { ignore: [{ ...mirror, width: 0.5 }] },
      ['ignore.0: it may take 15 % of the picture at most']
    ],
    [
      'much of the room in pieces',
      { ignore: [mirror, { ...mirror, x: 0.7 }] },
      ['ignore: together they may take 25 % of the picture at most']
    ]
  ])('refuses %s, and says how much is allowed', (_, room, expected) => {
    expect(problems(room)).toEqual(expected)
  })

  it('never leaves more than a quarter of the picture out, whatever is drawn', () => {
    const side = fc.double({ min: -0.2, max: 1.2, noNaN: true })
    const zone = fc.record({ x: side, y: side, width: side, height: side })
    fc.assert(
      fc.property(fc.array(zone, { maxLength: 6 }), (ignore) => {
        const read = roomSchema.safeParse({ ignore })
        if (!read.success) return
        const area = (read.data.ignore ?? []).reduce((sum, { width, height }) => sum + width * height, 0)
        expect(area).toBeLessThanOrEqual(0.25)
      })
    )
  })

  it('is one person’s own where the policy names their room, over everybody’s, and nobody else’s', () => {
    const [general, own]: readonly [Room, Room] = [{ seat }, { ignore: [mirror] }]
    const written: Policy = {
      ...policy,
      sensor: { maxGapMs: 3000, room: general },
      people: {
        'a1@demo.example': { rules: {}, room: own },
        'a3@demo.example': { rules: {}, room: { seat: null } }
      }
    }
    expect(policySchema.parse(written)).toEqual(written)
    const roomOf = (person: string | null) => policyFor(written, { team: 'Claims', person }).sensor.room
    expect(roomOf('a1@demo.example')).toEqual({ seat, ...own })
    expect(roomOf('a3@demo.example')).toEqual({})
    expect(roomOf('a2@demo.example')).toEqual(general)
    expect(roomOf(null)).toEqual(general)
  })
})
