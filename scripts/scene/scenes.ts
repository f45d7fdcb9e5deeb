import { advocate, heldPhone, room, visitor } from './cast'
import { swaying, visiting, type Stay } from './motion'
import { frameHeight, frameWidth, type Layer, type SceneSpec } from './scene'

const background: Layer = {
  sprite: room,
  at: { x: frameWidth / 2, y: frameHeight / 2, scale: 1 }
}

const seated = swaying({ x: 240, y: 300, scale: 1 }, 4)
const atDesk: Layer = { sprite: advocate, at: seated }

const phone = (stays: readonly Stay[]): Layer => ({
  sprite: heldPhone,
  at: visiting(stays, { dx: 40, dy: 330 }, swaying({ x: 500, y: 330, scale: 1 }, 3, 1))
})

const other = (stays: readonly Stay[]): Layer => ({
  sprite: visitor,
  at: visiting(stays, { dx: 290, dy: 10 }, swaying({ x: 530, y: 385, scale: 1.06 }, 3, 2))
})

/** One stay after a quiet start, as the end-to-end scenes use it: 6 s clear, 6 s there, 8 s clear, from the start. */
const once = (moving: number): readonly Stay[] => [{ from: 6, to: 12, moving }]
const onceLong = 20

/**
 * The named clips. Each plays from its start when the camera opens and begins anew at its end.
 * - `demo`: a person at the desk; at 8 s a phone comes up and stays until 12.8 s; at 19 s somebody comes in and
 *   leaves at 24.5 s; 28 s long.
 * - `clear`: the person at the desk, nothing else.
 * - `phone`, `second-person`: 6 s clear, 6 s with it, 8 s clear.
 * - `nobody`: 6 s the person, 6 s an empty room, 8 s the person.
 */
export const scenes = {
  demo: (seed: number): SceneSpec => ({
    seconds: 28,
    seed,
    layers: [
      background,
      other([{ from: 19, to: 24.5, moving: 0.9 }]),
      atDesk,
      phone([{ from: 8, to: 12.8, moving: 0.5 }])
    ]
  }),
  clear: (seed: number): SceneSpec => ({ seconds: 10, seed, layers: [background, atDesk] }),
  phone: (seed: number): SceneSpec => ({
    seconds: onceLong,
    seed,
    layers: [background, atDesk, phone(once(0.3))]
  }),
  'second-person': (seed: number): SceneSpec => ({
    seconds: onceLong,
    seed,
    layers: [background, other(once(0.6)), atDesk]
  }),
  nobody: (seed: number): SceneSpec => ({
    seconds: onceLong,
    seed,
    layers: [
      background,
      {
        sprite: advocate,
        at: visiting(
          [
            { from: -1, to: 6, moving: 0.6 },
            { from: 12, to: onceLong + 1, moving: 0.6 }
          ],
          { dx: -460, dy: 0 },
          seated
        )
      }
    ]
  })
} as const

export type SceneName = keyof typeof scenes
