import type { Pixels } from '../../../src/vision/detector'
import { advocate, room, visitor } from '../../scene/cast'
import { makeSprite } from '../../scene/pictures'
import { random, type Random } from '../../scene/random'
import { drawSprite, type Canvas, type Sprite } from '../../scene/raster'
import { frameHeight, frameWidth } from '../../scene/scene'
import { happenings, presence, wander, type Happening, type Wander } from '../../vision/camera-clips/wander'
import { drawBentSprite } from './bent'
import { exposed, usualNoise } from './exposure'
import { emptyHand, mug, withHeadset, type Head } from './props'

/** `working`: leans, turns, gestures, drinks, under light that changes. `still`: sits, breathes, blinks. */
export const sceneKinds = ['working', 'still'] as const
export type SceneKind = (typeof sceneKinds)[number]

export interface Desk {
  /** The camera's picture at a time, seconds; the same for the same seed and time. */
  readonly frame: (seconds: number) => Pixels
}

/** Heads as they lie in the sprites of the cast. */
const people: readonly { readonly sprite: typeof advocate; readonly head: Head }[] = [
  { sprite: advocate, head: { x: 258, y: 88, radius: 76 } },
  { sprite: visitor, head: { x: 166, y: 148, radius: 70 } }
]

const smooth = (from: number, to: number, value: number): number => {
  const linear = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return linear * linear * (3 - 2 * linear)
}
const during = (list: readonly Happening[], seconds: number): number =>
  list.reduce((most, one) => Math.max(most, presence(seconds, one)), 0)

const backdropOf = (sprite: Sprite): Canvas => {
  const canvas = {
    width: frameWidth,
    height: frameHeight,
    data: new Uint8Array(frameWidth * frameHeight * 3)
  }
  drawSprite(canvas, sprite, { x: frameWidth / 2, y: frameHeight / 2, scale: 1 })
  return canvas
}

/** What happens at the desk, planned ahead for so many seconds. */
const planOf = (chance: Random, seconds: number) => ({
  gestures: happenings(chance, seconds, [2, 9], [0.7, 2.5]),
  blinks: happenings(chance, seconds, [1.5, 6], [0.15, 0.3]),
  leans: happenings(chance, seconds, [15, 50], [2, 6]),
  drinks: happenings(chance, seconds, [20, 60], [3, 6]),
  lamps: happenings(chance, seconds, [40, 120], [20, 60])
})

/**
 * Somebody with a headset at a desk with a mug, in colour, before a room: head, body, hands and room move against one
 * another and never come back on the same way. Throws when the pictures are missing.
 */
export const openDesk = async (kind: SceneKind, seed: number, seconds: number): Promise<Desk> => {
  const chance = random(seed)
  const working = kind === 'working'
  const vigour = working ? 1 : 0.15
  const { sprite, head } = chance.pick(people)
  const person = await withHeadset(await makeSprite(sprite), head)
  const backdrop = backdropOf(await makeSprite(room))
  const hand = await emptyHand(chance)
  const standing = await mug(random(seed + 1), false)
  const lifted = await mug(random(seed + 1), true)
  const seat = {
    x: chance.between(0.4, 0.55) * frameWidth,
    top: frameHeight - person.height + chance.between(5, 40)
  }
  const mugAt = { x: frameWidth - chance.between(90, 130), y: frameHeight - 30 }
  const way = (shortest: number, longest: number): Wander => wander(chance, shortest, longest)
  const [sway, rise, lean, nod, turn] = [way(2.5, 40), way(3, 30), way(1.2, 15), way(0.8, 9), way(1.5, 20)]
  const [breath, drift] = [way(2.8, 4.6), way(15, 120)]
  const { gestures, blinks, leans, drinks, lamps } = planOf(chance, seconds)

  const light = (now: number): number =>
    1 + (working ? 0.05 : 0.01) * drift(now) - (working ? 0.12 * Math.min(1, 3 * during(lamps, now)) : 0)

  const draw = (now: number): Canvas => {
    const canvas: Canvas = { ...backdrop, data: backdrop.data.slice() }
    const left = seat.x - person.width / 2 + 5 * vigour * sway(now)
    const top = seat.top + 2.5 * vigour * rise(now) + 1.2 * breath(now)
    const leaning = working ? during(leans, now) : 0
    const headShift = 6 * vigour * lean(now) + sway(now) * (working ? 1 : 0.3)
    const headLift = 2.5 * vigour * nod(now) + 10 * leaning
    const headTurn = 1 + 0.03 * vigour * turn(now) + 0.1 * leaning
    drawBentSprite(canvas, person, left, top, (share) => {
      const above = 1 - smooth(0.22, 0.5, share)
      return {
        shift: headShift * above,
        lift: headLift * above + 0.9 * breath(now) * smooth(0.3, 0.6, share),
        stretch: (1 + (headTurn - 1) * above) * (1 + 0.004 * breath(now))
      }
    })
    const face = { x: left + head.x + headShift, y: top + head.y + headLift }
    blink(canvas, face, head.radius, during(blinks, now))
    if (!working) {
      drawSprite(canvas, standing, { ...mugAt, scale: 1 })
      return canvas
    }
    const drinking = during(drinks, now)
    const share = smooth(0, 0.6, drinking)
    drawSprite(canvas, drinking > 0.02 ? lifted : standing, {
      x: mugAt.x + share * (face.x + head.radius * 0.3 - mugAt.x),
      y: mugAt.y + share * (face.y + head.radius * 0.75 - mugAt.y),
      scale: 1
    })
    for (const gesture of gestures) {
      const shown = presence(now, gesture)
      if (shown === 0 || drinking > 0) continue
      const side = gesture.kind < 0.5 ? -1 : 1
      const x = seat.x + side * (130 + 60 * gesture.kind) + 14 * Math.sin(7 * now + 9 * gesture.kind)
      const reach = shown * (200 + 140 * gesture.kind)
      drawSprite(canvas, hand, { x, y: frameHeight - reach + hand.height / 2, scale: 1 })
    }
    return canvas
  }

  return { frame: (now) => exposed(draw(now), light(now), usualNoise, Math.round(now * 1000)) }
}

/** Lids over both eyes, in the colour of the cheeks below. */
const blink = (
  { width, height, data }: Canvas,
  face: { readonly x: number; readonly y: number },
  radius: number,
  shut: number
): void => {
  if (shut === 0) return
  const [fromY, toY] = [Math.round(face.y - radius * 0.12), Math.round(face.y + radius * 0.02)]
  const below = Math.round(radius * 0.3)
  for (let y = Math.max(0, fromY); y < Math.min(height - below, toY); y += 1)
    for (
      let x = Math.max(0, Math.round(face.x - radius * 0.55));
      x < Math.min(width, face.x + radius * 0.55);
      x += 1
    ) {
      const at = (y * width + x) * 3
      const cheek = at + below * width * 3
      for (let colour = 0; colour < 3; colour += 1)
        data[at + colour] = data[at + colour]! * (1 - shut) + data[cheek + colour]! * shut
    }
}
