import { describe, expect, it } from 'vitest'
import { random } from '../../../scripts/scene/random'
import type { Pixels } from '../detector'
import type { FrameFacts } from './facts'
import { createGlimpser } from './glimpse'
import { createMoved } from './moved'

const chance = random(77)
const across = 60
const patches = Array.from({ length: across * 24 }, () => chance.between(20, 230))

/** A room of patches that stay where they are; a picture shows as much of it around the middle as its width lets it. */
const room = (width: number, aside: number): Pixels => {
  const height = 120
  const words = new Uint32Array(width * height)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const column = Math.floor((x - width / 2 + aside) / 7 + across / 2)
      const light = Math.round(patches[Math.floor(y / 7) * across + column] ?? 0)
      words[y * width + x] = light | (light << 8) | (light << 16)
    }
  return { width, height, data: new Uint8Array(words.buffer) }
}

const facts: FrameFacts = {
  capturedAt: 0,
  stampMs: 0,
  awaited: true,
  limits: { minWidth: 160, minHeight: 120, minFps: 7 },
  track: { marks: [], recording: false, replaced: false, deliveredFps: 30 },
  people: 1,
  person: null
}

describe('createMoved', () => {
  it('D5 does not say that a camera moved which was opened anew in another shape, and does when it then moves', () => {
    const glimpse = createGlimpser()
    const moved = createMoved()
    let now = 0
    /** What is said twice a second of a camera that shows so much of the room, that far aside. */
    const said = (seconds: number, width: number, aside = 0) => {
      const glimpsed = glimpse(room(width, aside))
      return Array.from({ length: seconds * 2 }, () => {
        now += 500
        return moved({ glimpse: glimpsed, facts: { ...facts, capturedAt: now } })
      })
    }
    expect(new Set(said(6, 160))).toEqual(new Set(['clear']))
    const wider = said(12, 214)
    expect(wider.filter((evidence) => typeof evidence === 'number')).toEqual([])
    // Until it has learned the room anew it says nothing, and nothing is no proof.
    expect([wider[0], wider.at(-1)]).toEqual(['unknown', 'clear'])
    expect(typeof said(9, 214, 40).at(-1)).toBe('number')
    const back = said(6, 160, 40)
    expect([back[0], back.at(-1)]).toEqual(['unknown', 'clear'])
  })
})
