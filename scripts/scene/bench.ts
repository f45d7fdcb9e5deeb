import type { Area, SpriteSource } from './pictures'
import { random, type Random } from './random'
import { drawFrames, frameHeight, frameWidth, framesPerSecond, type SceneSpec } from './scene'
import type { Place } from './raster'

/** One composite of the bench clip. Times are seconds since the clip began. */
export interface BenchRun {
  readonly run: number
  readonly kind: 'held' | 'lying' | 'edge'
  readonly person: string
  readonly phone: string
  /** Area of the phone (without the hand) as a share of the frame, before an edge cuts it. */
  readonly area: number
  /** The marker is white from here… */
  readonly appearsAt: number
  /** …to here. */
  readonly leavesAt: number
}

/** How long the object stays: an answer after 5 s is a miss. */
const thereSeconds = 6
/** The least quiet before each object: longer than any exit dwell, so that the desk is shown again. */
const quietSeconds = 9
/** All motion repeats after this, so that a quiet stretch is drawn once and played again. */
const cycleSeconds = 2

/** Photographs in which one person sits before the camera and nothing else is to be found. */
const people: readonly { readonly name: string; readonly file: string; readonly crop: Area }[] = [
  { name: 'window', file: 'people/sample6.jpg', crop: { left: 0, top: 320, width: 650, height: 488 } },
  { name: 'shirt', file: 'people/sample1.jpg', crop: { left: 1180, top: 110, width: 740, height: 555 } },
  { name: 'stairs', file: 'people/sample5.jpg', crop: { left: 1370, top: 300, width: 550, height: 412 } },
  { name: 'couch', file: 'people/sample2.jpg', crop: { left: 1190, top: 0, width: 730, height: 547 } },
  { name: 'wall', file: 'people/sample6.jpg', crop: { left: 1420, top: 160, width: 500, height: 375 } }
]

interface PhonePicture {
  readonly file: string
  readonly screen?: Area
  /** The phone itself within the picture, and the picture's size, in its pixels. */
  readonly body: { readonly width: number; readonly height: number }
  readonly size: { readonly width: number; readonly height: number }
}

const screen7 = { left: 348, top: 104, width: 354, height: 632 }
const body7 = { body: { width: 403, height: 838 }, size: { width: 846, height: 1340 } }
const body6 = { body: { width: 595, height: 1225 }, size: { width: 1553, height: 1384 } }
const screen6 = { left: 170, top: 148, width: 525, height: 932 }

const inHand: readonly PhonePicture[] = [
  { file: 'phones/iPhone7Hand-black.png', screen: screen7, ...body7 },
  { file: 'phones/iPhone7Hand_2-black.png', screen: screen7, ...body7 },
  { file: 'phones/iPhone6Hand-black.png', screen: screen6, ...body6 },
  { file: 'phones/iPhone6Hand-white.png', screen: screen6, ...body6 }
]

const whole = (file: string, width: number, height: number): PhonePicture => ({
  file: `phones/${file}.png`,
  body: { width, height },
  size: { width, height }
})

const alone: readonly PhonePicture[] = [
  whole('Pixel-black', 229, 464),
  whole('Pixel-white', 229, 465),
  whole('iPhone7-black', 870, 1767),
  whole('galaxyS5-black', 1230, 2386),
  whole('HtcOneM8-black', 320, 669),
  whole('Lumia930-black', 1483, 2852)
]

const frameArea = frameWidth * frameHeight

/** Width of the whole picture at which its phone takes `area` of the frame. */
const widthFor = ({ body, size }: PhonePicture, area: number): number =>
  Math.sqrt(area * frameArea * (body.width / body.height)) * (size.width / body.width)

interface Composite {
  readonly kind: BenchRun['kind']
  readonly sprite: SpriteSource
  readonly place: Place
  readonly area: number
}

/** What, how large, where: all by chance, nothing by looking at what a detector finds. */
const composite = (chance: Random): Composite => {
  const kind = chance.pick(['held', 'held', 'lying', 'edge'] as const)
  // Even on a logarithmic scale: small phones are as likely as large ones.
  const area = 0.01 * 10 ** chance.next()
  const picture =
    kind === 'held' ? chance.pick(inHand) : chance.pick(kind === 'lying' ? alone : [...alone, ...inHand])
  const flattened = kind === 'lying' ? chance.between(0.4, 0.7) : 1
  const width = Math.round(widthFor(picture, area / flattened))
  const height = (width * picture.size.height) / picture.size.width
  const sprite: SpriteSource = {
    file: picture.file,
    ...(picture.screen ? { screen: picture.screen } : {}),
    mirrored: chance.next() < 0.5,
    light: chance.between(0.75, 1.1),
    width,
    turned: kind === 'lying' ? chance.between(20, 160) : chance.between(-18, 18),
    ...(flattened < 1 ? { flattened } : {}),
    blur: 0.6
  }
  const x = chance.between(0.18, 0.82) * frameWidth
  const left = chance.next() < 0.5
  const place = {
    // The arm of a held phone comes from below the frame.
    held: { x, y: frameHeight - height / 2 + chance.between(0.04, 0.14) * height },
    lying: { x, y: chance.between(0.8, 0.94) * frameHeight },
    // Between a half and four fifths of it is inside the left or right edge.
    edge: {
      x: left ? chance.between(0, 0.3) * width : frameWidth - chance.between(0, 0.3) * width,
      y: chance.between(0.35, 0.8) * frameHeight
    }
  }[kind]
  return { kind, sprite, area, place: { ...place, scale: 1 } }
}

const around =
  ({ x, y, scale }: Place, reach: number, phase: number) =>
  (seconds: number): Place => ({
    x: x + reach * Math.sin((2 * Math.PI * seconds) / cycleSeconds + phase),
    y: y + 0.6 * reach * Math.cos((2 * Math.PI * seconds) / cycleSeconds + phase),
    scale
  })

/** A clip of `runs` composites with its list. The same seed gives the same bytes. */
export const benchClip = (
  runs: number,
  seed: number
): {
  readonly list: readonly BenchRun[]
  readonly frames: () => AsyncGenerator<Buffer>
} => {
  const chance = random(seed)
  const planned = Array.from({ length: runs }, (_, run) => {
    const person = chance.pick(people)
    const found = composite(chance)
    // Whole frames; any frame of a cycle may be the first with the object.
    const quiet = Math.round((quietSeconds + chance.next() * cycleSeconds) * framesPerSecond)
    const spec = (withPhone: boolean): SceneSpec => ({
      seconds: cycleSeconds,
      seed: seed * 1000 + run * 2 + (withPhone ? 1 : 0),
      layers: [
        {
          sprite: { file: person.file, crop: person.crop, width: frameWidth + 24 },
          at: around({ x: frameWidth / 2, y: frameHeight / 2, scale: 1 }, 4, run)
        },
        ...(withPhone ? [{ sprite: found.sprite, at: around(found.place, 2, run + 1) }] : [])
      ],
      marked: () => withPhone
    })
    return { run, person, found, quiet, spec }
  })
  let at = 0
  const list = planned.map(({ run, person, found, quiet }): BenchRun => {
    const appearsAt = (at + quiet) / framesPerSecond
    at += quiet + thereSeconds * framesPerSecond
    return {
      run,
      kind: found.kind,
      person: person.name,
      phone: found.sprite.file,
      area: Number(found.area.toFixed(4)),
      appearsAt,
      leavesAt: at / framesPerSecond
    }
  })
  async function* frames(): AsyncGenerator<Buffer> {
    for (const { spec, quiet } of planned) {
      yield* played(spec(false), quiet)
      yield* played(spec(true), thereSeconds * framesPerSecond)
    }
  }
  return { list, frames }
}

/** Draws one cycle and plays it until `count` frames are out. */
async function* played(spec: SceneSpec, count: number): AsyncGenerator<Buffer> {
  const cycle: Buffer[] = []
  for await (const frame of drawFrames(spec)) cycle.push(frame)
  for (let index = 0; index < count; index += 1) {
    const frame = cycle[index % cycle.length]
    if (frame) yield frame
  }
}
