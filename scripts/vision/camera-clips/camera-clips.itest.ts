import { describe, expect, it } from 'vitest'
import type { CameraVerdict } from '../../../src/core/observation/camera-truth'
import { clean, shaken, wrongClips } from './clips'
import { everHeld, play, timeTo, type Sighting } from './clip'
import { statedSeconds } from './stated'

/** Other verdicts that are true of a clip as well: a photograph before the lens is another view, too. */
const alsoTrue: Readonly<Partial<Record<keyof typeof wrongClips, readonly CameraVerdict[]>>> = {
  'photo-hand': ['moved'],
  'loop-noise': ['moved'],
  loop: ['moved']
}
const names = Object.keys(wrongClips) as (keyof typeof wrongClips)[]

/** Plays until the verdict holds, so that no test draws more than it needs. */
const untilHeld = (
  sightings: Iterable<Sighting>,
  verdict: CameraVerdict,
  from: number
): readonly Sighting[] => {
  const seen: Sighting[] = []
  for (const sighting of sightings) {
    seen.push(sighting)
    if (sighting.seconds >= from && sighting.truth[verdict].state === 'holds') break
  }
  return seen
}

describe('camera truth on drawn clips', { timeout: 240_000 }, () => {
  it.each(names)('D5 %s: found within its stated time, and nothing wrong before', async (name) => {
    const clip = await wrongClips[name](7)
    if (clip.verdict === null) throw new Error('This clip has nothing to find.')
    const seen = untilHeld(play(clip, 7), clip.verdict, clip.from)
    const took = timeTo(seen, clip.verdict, clip.from)
    expect(took).not.toBeNull()
    expect(took).toBeLessThanOrEqual(statedSeconds[name])
    const before = everHeld(seen.filter(({ seconds }) => seconds < clip.from))
    expect([...before]).toEqual([])
    const others = [...everHeld(seen)].filter((id) => id !== clip.verdict && !alsoTrue[name]?.includes(id))
    expect(others).toEqual([])
  })

  it.each([
    ['somebody works: head and hands move, the light changes, empty hands gesture', () => clean(8, 30)],
    ['somebody sits and reads, almost still', () => clean(9, 40, 0.15)],
    ['somebody works at a table that shakes', () => shaken(10, 20)]
  ])('D5 nothing is found while %s', async (_, draw) => {
    const clip = await draw()
    expect([...everHeld(play(clip, 8))]).toEqual([])
  })
})
