import type { Pixels } from '../../../src/vision/detector'
import type { TrackFacts } from '../../../src/vision/camera-truth/facts'
import { random } from '../../scene/random'
import { goodTrack, type CameraClip } from './clip'
import { liveScene, type LiveScene } from './live'
import { blank, defocus, drawSheet, expose, type Picture, type Plane } from './picture'
import { wander } from './wander'

const fps = 30
const noise = 2
/** Quiet before anything goes wrong, seconds: the verdicts that compare with earlier pictures need some. */
const quiet = 8

/** The camera's picture of a living scene at a frame number. */
const seen = (scene: LiveScene, index: number, camera?: Plane): Pixels =>
  expose(scene.draw(index / fps, camera), scene.light(index / fps), noise, index)

/** Nothing is wrong: somebody works, or sits and reads. */
export const clean = async (seed: number, seconds = 60, vigour = 1): Promise<CameraClip> => {
  const scene = await liveScene({ seed, vigour })
  return {
    name: vigour < 0.5 ? 'clean, reading' : 'clean, working',
    verdict: null,
    from: 0,
    seconds,
    frame: (index) => seen(scene, index),
    person: scene.box
  }
}

/** Nothing is wrong, but the laptop stands on a table that shakes. */
export const shaken = async (seed: number, seconds = 60): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const chance = random(seed + 5)
  const [x, y, turned] = [wander(chance, 0.15, 2), wander(chance, 0.15, 2), wander(chance, 0.3, 3)]
  return {
    name: 'clean, shaken table',
    verdict: null,
    from: 0,
    seconds,
    frame: (index) => {
      const t = index / fps
      return seen(scene, index, { x: 1.5 * x(t), y: 1.5 * y(t), turned: 0.1 * turned(t), scale: 1 })
    },
    person: scene.box
  }
}

type Cover = 'tape' | 'paper' | 'finger'

/** Something is put over the lens. Nobody is counted from then on. */
export const covered = async (seed: number, cover: Cover): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const chance = random(seed + 1)
  const colours: Readonly<Record<Cover, number>> = {
    tape: chance.between(0, 7),
    paper: chance.between(120, 245),
    // Skin lets red light through.
    finger: chance.between(35, 110)
  }
  const colour = colours[cover]
  const slope = cover === 'tape' ? 0.1 : chance.between(0.1, 0.45)
  const [midX, midY] = [chance.between(0.2, 0.8), chance.between(0.2, 0.8)]
  return {
    name: `covered by ${cover}`,
    verdict: 'covered',
    from: quiet,
    seconds: quiet + 6,
    people: (t) => (t < quiet ? 1 : 0),
    frame: (index) => {
      if (index / fps < quiet) return seen(scene, index)
      const picture = blank(640, 480)
      for (let y = 0; y < 480; y += 1)
        for (let x = 0; x < 640; x += 1) {
          // Light comes in from one side, softly.
          const light = 1 - slope * ((x / 640 - midX) ** 2 + (y / 480 - midY) ** 2) * 2
          picture.light[y * 640 + x] = colour * light
        }
      return expose(picture, 1, noise * (cover === 'tape' ? 0.8 : 1), index)
    }
  }
}

/** The light goes out; a screen still glows a little. */
export const dark = async (seed: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const left = random(seed + 2).between(0.05, 0.14)
  return {
    name: 'light out',
    verdict: 'dark',
    from: quiet,
    seconds: quiet + 6,
    frame: (index) => {
      if (index / fps < quiet) return seen(scene, index)
      const picture = scene.draw(index / fps)
      // The sensor turns its gain up: less light, more noise.
      return expose(picture, left, noise * 1.6, index)
    }
  }
}

/** The lens loses focus, or grease is on it. */
export const blurred = async (seed: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const radius = random(seed + 3).whole(9, 14)
  return {
    name: 'out of focus',
    verdict: 'blurred',
    from: quiet,
    seconds: quiet + 8,
    frame: (index) => {
      if (index / fps < quiet) return seen(scene, index)
      const picture = scene.draw(index / fps)
      defocus(picture, radius)
      return expose(picture, scene.light(index / fps), noise, index)
    }
  }
}

/** The same picture again and again while the stamps run. */
export const frozen = async (seed: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  return {
    name: 'frozen',
    verdict: 'frozen',
    from: quiet,
    seconds: quiet + 6,
    frame: (index) => seen(scene, Math.min(index, quiet * fps))
  }
}

/** A recording plays over and over; with `grainy`, fresh noise lies on every picture. */
export const looped = async (seed: number, grainy: boolean): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const period = random(seed + 4).whole(6 * fps, 20 * fps)
  return {
    name: grainy ? 'loop with noise' : 'loop',
    verdict: 'looped',
    // Nothing repeats before the second round.
    from: period / fps,
    seconds: period / fps + (grainy ? 45 : 12),
    frame: (index) => {
      const picture = scene.draw((index % period) / fps)
      return expose(picture, scene.light((index % period) / fps), noise, grainy ? index : index % period)
    },
    person: (t) => scene.box(t % (period / fps))
  }
}

type Held = 'on a stand' | 'in a hand' | 'before a face' | 'noise laid over'

/** A photograph of somebody at a desk instead of somebody at a desk. */
export const photo = async (seed: number, held: Held): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const chance = random(seed + 6)
  const still = scene.draw(3)
  const room = await liveScene({ seed: seed + 1_000 })
  const part = held === 'before a face'
  const print = part ? portrait(still, scene.box(3)) : still
  const [x, y, turned, near, light] = [
    wander(chance, 0.6, 8),
    wander(chance, 0.6, 8),
    wander(chance, 0.8, 8),
    wander(chance, 1, 9),
    wander(chance, 10, 60)
  ]
  const reach = held === 'in a hand' || part ? 1 : 0
  const plane = (t: number): Plane => ({
    x: 320 + 7 * reach * x(t),
    y: (part ? 250 : 240) + 7 * reach * y(t),
    turned: 0.8 * reach * turned(t),
    scale: (part ? 1 : 1.15) * (1 + 0.012 * reach * near(t))
  })
  return {
    name: `photograph ${held}`,
    verdict: 'photo',
    from: 0,
    seconds: part ? 45 : 25,
    frame: (index) => {
      const t = index / fps
      const picture = part ? room.empty() : blank(640, 480)
      drawSheet(picture, print, plane(t))
      return expose(picture, held === 'noise laid over' ? 1 : 1 + 0.02 * light(t), noise, index)
    },
    person: (t) => {
      if (!part) return scene.box(3)
      const { x: midX, y: midY, scale } = plane(t)
      const width = (print.width * scale) / 640
      const height = (print.height * scale) / 480
      return { x: midX / 640 - width / 2, y: midY / 480 - height / 2, width, height }
    }
  }
}

/** Cuts the person's part out of a picture. */
const portrait = (from: Picture, box: ReturnType<LiveScene['box']>): Picture => {
  const width = Math.floor(box.width * 640)
  const height = Math.floor(box.height * 480)
  const left = Math.floor(box.x * 640)
  const top = Math.floor(box.y * 480)
  const out = blank(width, height)
  for (let row = 0; row < height; row += 1) {
    const at = (top + row) * 640 + left
    out.light.set(from.light.subarray(at, at + width), row * width)
  }
  return out
}

/** The camera is turned or pushed. */
export const moved = async (seed: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  const chance = random(seed + 7)
  const way = chance.between(0, 2 * Math.PI)
  const far = chance.between(12, 60)
  const turned = chance.between(-3, 3)
  return {
    name: 'camera moved',
    verdict: 'moved',
    from: quiet,
    seconds: quiet + 12,
    frame: (index) => {
      const share = Math.min(1, Math.max(0, (index / fps - quiet) / 0.7))
      return seen(scene, index, {
        x: share * far * Math.cos(way),
        y: share * far * Math.sin(way),
        turned: share * turned,
        scale: 1
      })
    },
    person: scene.box
  }
}

/** Another camera, another room. */
export const otherView = async (seed: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  let other = await liveScene({ seed: seed + 500 })
  for (let next = 501; other.room === scene.room; next += 1) other = await liveScene({ seed: seed + next })
  return {
    name: 'another view',
    verdict: 'moved',
    from: quiet,
    seconds: quiet + 15,
    frame: (index) => seen(index / fps < quiet ? scene : other, index),
    person: scene.box
  }
}

/** Another device, as the page notices it. */
export const otherDevice = async (seed: number): Promise<CameraClip> => ({
  ...(await clean(seed, quiet + 4)),
  name: 'another device',
  verdict: 'moved',
  from: quiet,
  track: (t) => ({ ...goodTrack, replaced: t >= quiet })
})

/** A camera that is a program, by what the page finds. */
export const virtual = async (
  seed: number,
  marks: TrackFacts['marks'],
  clockwork = false
): Promise<CameraClip> => ({
  ...(await clean(seed, 12)),
  name: marks.includes('label') ? 'virtual by name' : 'virtual by its behaviour',
  verdict: 'virtual',
  clockwork,
  track: () => ({ ...goodTrack, marks })
})

/** A camera that gives few frames; the runtime does not count them. */
export const slow = async (seed: number, rate: number): Promise<CameraClip> => {
  const scene = await liveScene({ seed })
  return {
    name: `${rate} frames a second`,
    verdict: 'weak',
    from: 0,
    seconds: 12,
    fps: rate,
    frame: (index) => seen(scene, Math.round((index * fps) / rate)),
    track: () => ({ ...goodTrack, deliveredFps: null }),
    person: scene.box
  }
}

/** A camera that gives small pictures. */
export const small = async (seed: number): Promise<CameraClip> => {
  const whole = await clean(seed, 5)
  return {
    ...whole,
    name: '320 x 240',
    verdict: 'weak',
    frame: (index) => halved(whole.frame(index))
  }
}

/** Every second pixel of every second row. */
const halved = (from: Pixels | null): Pixels | null => {
  if (!from) return null
  const words = new Uint32Array(from.data.buffer)
  const out = new Uint32Array(320 * 240)
  for (let y = 0; y < 240; y += 1)
    for (let x = 0; x < 320; x += 1) out[y * 320 + x] = words[y * 1280 + x * 2]!
  return { width: 320, height: 240, data: new Uint8Array(out.buffer) }
}

/** Every clip with something wrong, by name. */
export const wrongClips = {
  tape: (seed: number) => covered(seed, 'tape'),
  paper: (seed: number) => covered(seed, 'paper'),
  finger: (seed: number) => covered(seed, 'finger'),
  dark,
  blurred,
  frozen,
  loop: (seed: number) => looped(seed, false),
  'loop-noise': (seed: number) => looped(seed, true),
  'photo-stand': (seed: number) => photo(seed, 'on a stand'),
  'photo-hand': (seed: number) => photo(seed, 'in a hand'),
  'photo-part': (seed: number) => photo(seed, 'before a face'),
  'still-noise': (seed: number) => photo(seed, 'noise laid over'),
  'virtual-name': (seed: number) => virtual(seed, ['label']),
  'virtual-bare': (seed: number) => virtual(seed, ['no-bus', 'no-controls', 'one-size'], true),
  moved,
  'other-view': otherView,
  'other-device': otherDevice,
  slow: (seed: number) => slow(seed, 1),
  'rather-slow': (seed: number) => slow(seed, 5),
  small
} as const

/** Every clip in which nothing is wrong. */
export const cleanClips = {
  working: (seed: number) => clean(seed, 60),
  reading: (seed: number) => clean(seed, 60, 0.15),
  shaken: (seed: number) => shaken(seed, 60)
} as const
