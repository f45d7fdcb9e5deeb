import type { Observation } from '../../core/observation/observation'
import type { Policy } from '../../core/policy/policy'

/** A picture whose width over height differs by more than this share is cut otherwise, and zones lie elsewhere in it. */
const sameShape = 0.02

/**
 * Whether what the policy draws of the room still lies where it was drawn. Once a camera is seen to have moved, or gives
 * another picture, nothing is ignored any more in this session. It is kept here and not with the sensor, which learns
 * the new view after a while and forgets everything when it starts anew. The seat stays: it only makes a desk stricter.
 */
export class DrawnRoom {
  #astray = false
  #shape: number | null = null

  /** `changed`: the policy has to be applied anew. */
  constructor(private readonly changed: () => void) {}

  newSession(): void {
    const wasAstray = this.#astray
    this.#astray = false
    this.#shape = null
    if (wasAstray) this.changed()
  }

  observed({ camera, frame }: Pick<Observation, 'camera' | 'frame'>): void {
    // A frame that could not be read is reported as the smallest one: it has no shape.
    const shape = frame.width > 1 && frame.height > 1 ? frame.width / frame.height : null
    const cutOtherwise =
      shape !== null && this.#shape !== null && Math.abs(shape / this.#shape - 1) > sameShape
    this.#shape ??= shape
    if (this.#astray || !(cutOtherwise || camera.moved.state === 'holds')) return
    this.#astray = true
    this.changed()
  }

  applied(policy: Policy): Policy {
    const { room } = policy.sensor
    if (!this.#astray || room?.ignore === undefined) return policy
    const { seat } = room
    return { ...policy, sensor: { ...policy.sensor, room: seat === undefined ? {} : { seat } } }
  }
}
