import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { readPicture } from '../vision/picture'
import { benchClip } from './bench'
import { drawFrames, drawScene, frameHeight, frameWidth, marker } from './scene'
import { scenes } from './scenes'

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
/** Brightness in the middle of the marker's square. */
const markerGrey = async (jpeg: Buffer): Promise<number> => {
  const { data, width, height } = await readPicture(jpeg)
  expect([width, height]).toEqual([frameWidth, frameHeight])
  return data[(marker.size / 2) * width * 4 + (marker.size / 2) * 4] ?? -1
}

describe('drawScene', () => {
  it('gives the same bytes for the same seed and others for another', async () => {
    const short = (seed: number) => drawScene({ ...scenes.phone(seed), seconds: 0.2 })
    const [first, again, other] = [await short(1), await short(1), await short(2)]
    expect(hashOf(first)).toBe(hashOf(again))
    expect(hashOf(first)).not.toBe(hashOf(other))
  })

  it('gives no two equal frames in a row: nothing looks frozen', async () => {
    const seen: string[] = []
    for await (const frame of drawFrames({ ...scenes.clear(1), seconds: 0.5 })) seen.push(hashOf(frame))
    expect(seen).toHaveLength(15)
    expect(new Set(seen).size).toBe(15)
  })
})

describe('benchClip', () => {
  it('lists composites by seed: phones of 1 to 10 % of the frame, of every kind, each long enough apart', () => {
    const { list } = benchClip(40, 7)
    expect(list).toEqual(benchClip(40, 7).list)
    expect(list).not.toEqual(benchClip(40, 8).list)
    expect(new Set(list.map(({ kind }) => kind))).toEqual(new Set(['held', 'lying', 'edge']))
    expect(new Set(list.map(({ person }) => person)).size).toBeGreaterThan(3)
    list.forEach(({ area, appearsAt, leavesAt }, run) => {
      expect(area).toBeGreaterThanOrEqual(0.01)
      expect(area).toBeLessThanOrEqual(0.1)
      expect(leavesAt - appearsAt).toBeCloseTo(6, 6)
      expect(appearsAt - (list[run - 1]?.leavesAt ?? 0)).toBeGreaterThanOrEqual(9)
    })
  })

  it('paints the marker light exactly while the object is there', async () => {
    const { list, frames } = benchClip(1, 3)
    const [only] = list
    const [appears, leaves] = [
      Math.round((only?.appearsAt ?? 0) * 30),
      Math.round((only?.leavesAt ?? 0) * 30)
    ]
    let index = 0
    for await (const frame of frames()) {
      if ([0, appears - 1].includes(index)) expect(await markerGrey(frame)).toBeLessThan(112)
      if ([appears, leaves - 1].includes(index)) expect(await markerGrey(frame)).toBeGreaterThan(144)
      index += 1
    }
    expect(index).toBe(leaves)
  })
})
