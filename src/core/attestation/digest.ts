import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { CheckResult } from '../check/check'
import { sensorLimitsOf } from '../policy/sensor-limits'
import type { Policy } from '../policy/policy'

/** From which confidence the sensor reports what it saw, as a policy for one team asks for it. */
export interface Thresholds {
  readonly phone: number
  readonly book: number
  readonly person: number
  readonly screen: number
}

/** What a policy, resolved for its team, tells the sensor. */
export const thresholdsOf = ({ rules }: Pick<Policy, 'rules'>): Thresholds => ({
  phone: rules.phone.threshold,
  book: rules.book.threshold,
  person: Math.min(rules.nobody.threshold, rules['second-person'].threshold),
  screen: rules['second-screen'].threshold
})

/**
 * SHA-256, hex, over the thresholds and limits of a policy that settle what the camera's pictures are taken for; not over
 * what it draws of rooms, which is a person's own and named by the policy's version. Device and hub work
 * it out apart: the device from the policy in force, the hub from the one it handed out.
 */
export const thresholdDigest = (policy: Pick<Policy, 'rules' | 'sensor'>): string => {
  const { phone, book, person, screen } = thresholdsOf(policy)
  const { minWidth, minHeight, minFps } = sensorLimitsOf(policy.sensor)
  return digest([phone, book, person, screen, policy.sensor.maxGapMs, minWidth, minHeight, minFps])
}

/** SHA-256, hex, over the results of the machine's checks, in the order in which they are sent. */
export const postureDigest = (checks: readonly CheckResult[]): string =>
  digest(
    checks.map(({ id, area, state, evidence, ageMs, remedy }) => [id, area, state, evidence, ageMs, remedy])
  )

const digest = (value: unknown): string => bytesToHex(sha256(new TextEncoder().encode(JSON.stringify(value))))
