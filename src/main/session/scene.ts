import type { Sensed } from '../../contract/ipc/schema'
import type { Recorded } from '../../core/observation/recording'
import type { Observation } from '../../core/observation/observation'
import { asAsked } from '../../core/observation/seat'
import { emptyMemory, forNewSession, judge, type JudgeMemory } from '../../core/judgement/judge'
import type { Verdict } from '../../core/judgement/rule'
import type { Policy } from '../../core/policy/policy'
import type { MonotonicMs } from '../../core/time'
import { DrawnRoom } from './drawn-room'

export interface SceneOptions {
  /** As it is for who works here; null before there is one. */
  readonly policy: () => Pick<Policy, 'rules' | 'sensor'> | null
  /** What the policy draws of the room is to be applied anew. */
  readonly roomChanged?: () => void
  readonly maxGapMs: () => number
  readonly now: () => MonotonicMs
  readonly judged: (verdict: Verdict) => void
  /** A frame younger than the policy's gap was observed. */
  readonly alive: (frameAt: MonotonicMs) => void
  /** Every look that counts, with the instant that it is judged at. */
  readonly looked?: (look: Recorded) => void
}

/**
 * Judges observations as they come, the newest only: an older, repeated or stale one is dropped and proves nothing.
 * Without a policy there is nothing to judge by, so there is no verdict.
 */
export class Scene {
  /** Whether what the policy draws of the room still lies there. */
  readonly room: DrawnRoom
  readonly #options: SceneOptions
  #memory: JudgeMemory = emptyMemory
  #lastSeq = -1
  #lastFrameAt: MonotonicMs = -Infinity
  #model = ''
  #sensed: Sensed | null = null

  constructor(options: SceneOptions) {
    this.#options = options
    this.room = new DrawnRoom(() => options.roomChanged?.())
  }

  get model(): string {
    return this.#model
  }
  /** What the newest frame answered, for the words of the strip; nothing is decided from it. */
  get sensed(): Sensed | null {
    return this.#sensed
  }

  /** The sensor starts anew and counts from the beginning; the dwells go on. */
  sensorRestarted(): void {
    this.#lastSeq = -1
    this.#sensed = null
  }

  /** Somebody signs in: alerts and repeats of an earlier session are not theirs. */
  newSession(): void {
    const policy = this.#options.policy()
    if (policy !== null) this.#memory = forNewSession(this.#memory, policy.rules)
    this.room.newSession()
  }

  observe(observation: Observation): void {
    if (observation.seq <= this.#lastSeq || observation.ageMs > this.#options.maxGapMs()) return
    this.#lastSeq = observation.seq
    this.#model = observation.model
    this.#sensed = {
      people: observation.people.state === 'counted' ? observation.people.count : null,
      phone: observation.phone.state
    }
    const frameAt = Math.max(this.#lastFrameAt, this.#options.now() - observation.ageMs)
    this.#lastFrameAt = frameAt
    this.#options.alive(frameAt)
    this.#options.looked?.({ at: frameAt, observation })
    const policy = this.#options.policy()
    if (policy === null) return
    const answer = asAsked(observation, policy.sensor.room?.seat !== undefined)
    const { memory, verdict } = judge(this.#memory, answer, frameAt, policy.rules)
    this.#memory = memory
    this.#options.judged(verdict)
    this.room.observed(observation)
  }
}
