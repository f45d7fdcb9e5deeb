import { advocate, visitor } from '../../scene/cast'
import { makeSprite, type SpriteSource } from '../../scene/pictures'
import { random } from '../../scene/random'
import { blank, drawBent, drawSheet, greyOf, type Cutout, type Picture, type Plane } from './picture'
import { happenings, presence, wander, type Wander } from './wander'

export const frameWidth = 640
export const frameHeight = 480
/** Rooms are drawn larger than the frame, so that the camera can be moved. */
const roomWidth = 800
const roomHeight = 600
/** Happenings are planned for this long. */
const plannedSeconds = 1_200

/** A room with somebody in it, as light before any camera: no noise, the same for the same seed. */
export interface LiveScene {
  /** `camera`: where the camera looks, in pixels off its first place, and how far it is turned. */
  readonly draw: (seconds: number, camera?: Plane) => Picture
  /** The room without anybody. */
  readonly empty: (camera?: Plane) => Picture
  /** Which room it is: the same number, the same room. */
  readonly room: number
  /** How bright the light is at a time: 1 on average. */
  readonly light: (seconds: number) => number
  /** The person's box in shares of the frame, as a detector would give it. */
  readonly box: (seconds: number) => {
    readonly x: number
    readonly y: number
    readonly width: number
    readonly height: number
  }
}

export interface LiveOptions {
  readonly seed: number
  /** How much the person moves: 1 works and gestures, 0.15 sits and reads without a gesture. */
  readonly vigour?: number
}

const photographs: readonly SpriteSource[] = [
  {
    file: 'people/sample6.jpg',
    crop: { left: 0, top: 0, width: 480, height: 360 },
    width: roomWidth,
    light: 0.86
  },
  {
    file: 'people/sample5.jpg',
    crop: { left: 0, top: 60, width: 480, height: 360 },
    width: roomWidth,
    light: 1.2
  },
  {
    file: 'people/sample3.jpg',
    crop: { left: 0, top: 0, width: 620, height: 465 },
    width: roomWidth,
    light: 0.9
  }
]

/** A wall with a shelf, a picture frame and a window, by arithmetic. */
const drawnRoom = (seed: number): Picture => {
  const chance = random(seed)
  const room = blank(roomWidth, roomHeight)
  const wall = chance.between(145, 200)
  const things = Array.from({ length: 9 }, () => ({
    left: chance.between(0, roomWidth - 60),
    top: chance.between(0, roomHeight * 0.75),
    width: chance.between(30, 190),
    height: chance.between(25, 200),
    light: chance.between(25, 235)
  }))
  for (let y = 0; y < roomHeight; y += 1)
    for (let x = 0; x < roomWidth; x += 1) {
      const slope = 1 - 0.25 * (x / roomWidth) - 0.12 * (y / roomHeight)
      const thing = things.findLast(
        ({ left, top, width, height }) => x >= left && x < left + width && y >= top && y < top + height
      )
      const stripes = thing && (Math.floor(x / 9) + Math.floor(y / 23)) % 3 === 0 ? 0.8 : 1
      room.light[y * roomWidth + x] = (thing?.light ?? wall) * slope * stripes
    }
  return room
}

/** An open hand without anything in it: a palm and four fingers. */
const drawnHand = (seed: number): Cutout => {
  const skin = random(seed).pick([184, 100, 64])
  const width = 120
  const height = 210
  const light = new Uint8Array(width * height)
  const opacity = new Uint8Array(width * height)
  const limbs = [
    { x: 60, y: 150, across: 36, along: 52 },
    ...[28, 48, 68, 88].map((x, at) => ({ x, y: 70 + (at % 3 === 0 ? 14 : 0), across: 9, along: 58 })),
    { x: 60, y: 200, across: 24, along: 60 }
  ]
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const inside = Math.min(
        ...limbs.map((limb) => Math.hypot((x - limb.x) / limb.across, (y - limb.y) / limb.along))
      )
      if (inside > 1) continue
      const share = Math.min(1, (1 - inside) * 8)
      light[y * width + x] = skin * (0.75 + 0.25 * (1 - inside)) * share
      opacity[y * width + x] = 255 * share
    }
  return { width, height, light, opacity }
}

const cutouts = new Map<string, Promise<Cutout>>()
/** Made once per process: pictures take longer to read than a clip to draw. */
const cutoutOf = (source: SpriteSource): Promise<Cutout> => {
  const key = JSON.stringify(source)
  const known = cutouts.get(key) ?? makeSprite(source).then(greyOf)
  cutouts.set(key, known)
  return known
}

const smooth = (from: number, to: number, value: number): number => {
  const linear = Math.min(1, Math.max(0, (value - from) / (to - from)))
  return linear * linear * (3 - 2 * linear)
}

const home: Plane = { x: 0, y: 0, turned: 0, scale: 1 }

/**
 * Draws somebody who sits at a desk and lives: sways, breathes, leans and turns the head by itself (so head, body and
 * room move against one another), blinks, gestures with an empty hand, leans forward; the light wanders and sometimes
 * steps. Throws when the pictures are missing.
 */
export const liveScene = async ({ seed, vigour = 1 }: LiveOptions): Promise<LiveScene> => {
  const chance = random(seed)
  const source = chance.pick([...photographs, null])
  // A drawn room is another one for every seed.
  const roomNumber = source ? photographs.indexOf(source) : 1_000 + seed
  const room: Picture = source ? await cutoutOf(source) : drawnRoom(seed)
  const person = await cutoutOf({ ...chance.pick([advocate, visitor]), mirrored: chance.next() < 0.5 })
  const hand = drawnHand(seed)
  const seat = {
    x: chance.between(0.4, 0.6) * frameWidth,
    y: frameHeight - person.height + chance.between(10, 60)
  }
  const way = (shortest: number, longest: number): Wander => wander(chance, shortest, longest)
  const sway = way(2.5, 40)
  const rise = way(3, 30)
  const lean = way(1.2, 15)
  const nod = way(0.8, 9)
  const turn = way(1.5, 20)
  const breath = way(2.8, 4.6)
  const drift = way(15, 120)
  const gestures = happenings(chance, plannedSeconds, [2, 9], [0.7, 2.5])
  const blinks = happenings(chance, plannedSeconds, [1.5, 6], [0.15, 0.3])
  const leans = happenings(chance, plannedSeconds, [15, 50], [2, 6])
  const lamps = happenings(chance, plannedSeconds, [40, 120], [20, 60])
  const during = (list: typeof gestures, seconds: number): number =>
    list.reduce((most, one) => Math.max(most, presence(seconds, one)), 0)

  const place = (seconds: number) => ({
    left: seat.x - person.width / 2 + 5 * vigour * sway(seconds),
    top: seat.y + 2.5 * vigour * rise(seconds) + 1.2 * breath(seconds)
  })

  let still: Picture | null = null
  const empty = (camera: Plane = home): Picture => {
    if (camera === home && still) return { ...still, light: still.light.slice() }
    const picture = blank(frameWidth, frameHeight)
    drawSheet(picture, room, {
      x: frameWidth / 2 - camera.x,
      y: frameHeight / 2 - camera.y,
      turned: -camera.turned,
      scale: camera.scale
    })
    if (camera === home) still = { ...picture, light: picture.light.slice() }
    return picture
  }

  const draw = (seconds: number, camera: Plane = home): Picture => {
    const picture = empty(camera)
    const { left, top } = place(seconds)
    const leaning = vigour >= 0.5 ? during(leans, seconds) : 0
    const headShift = 6 * vigour * lean(seconds) + 1 * sway(seconds)
    const headLift = 2.5 * vigour * nod(seconds) + 10 * leaning
    const headTurn = 1 + 0.03 * vigour * turn(seconds) + 0.1 * leaning
    drawBent(picture, person, left - camera.x, top - camera.y, (share) => {
      const head = 1 - smooth(0.22, 0.5, share)
      return {
        shift: headShift * head,
        lift: headLift * head + 0.9 * breath(seconds) * smooth(0.3, 0.6, share),
        stretch: (1 + (headTurn - 1) * head) * (1 + 0.004 * breath(seconds))
      }
    })
    const blink = during(blinks, seconds)
    if (blink > 0) {
      const eyes = {
        x: left + headShift + person.width * 0.5 - camera.x,
        y: top + headLift + person.height * 0.16 - camera.y
      }
      for (let y = Math.round(eyes.y); y < eyes.y + 7; y += 1)
        for (let x = Math.round(eyes.x - 26); x < eyes.x + 26; x += 1) {
          if (x < 0 || y < 0 || x >= frameWidth || y >= frameHeight) continue
          const at = y * frameWidth + x
          picture.light[at] = picture.light[at]! * (1 - 0.5 * blink) + 150 * 0.5 * blink
        }
    }
    if (vigour >= 0.5)
      for (const gesture of gestures) {
        const shown = presence(seconds, gesture)
        if (shown === 0) continue
        const side = gesture.kind < 0.5 ? -1 : 1
        drawBent(
          picture,
          hand,
          seat.x +
            side * (130 + 60 * gesture.kind) -
            60 +
            14 * Math.sin(7 * seconds + 9 * gesture.kind) -
            camera.x,
          frameHeight - shown * (200 + 120 * gesture.kind) - camera.y,
          () => ({ shift: 0, stretch: 1, lift: 0 })
        )
      }
    return picture
  }

  return {
    draw,
    empty,
    room: roomNumber,
    light: (seconds) => 1 + 0.05 * drift(seconds) - 0.12 * Math.min(1, 3 * during(lamps, seconds)),
    box: (seconds) => {
      const { left, top } = place(seconds)
      const x = Math.max(0, left / frameWidth)
      const y = Math.max(0, top / frameHeight)
      return {
        x,
        y,
        width: Math.min(1, (left + person.width) / frameWidth) - x,
        height: Math.min(1, (top + person.height) / frameHeight) - y
      }
    }
  }
}
