import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/hub/support/policy'
import { createPolicyKey, signPolicy } from '../../provision/index'
import type { Policy } from '../../core/policy/policy'
import { verifyEd25519 } from '../policy/verify'
import { CourierLink } from './courier-link'
import { Desk } from './desk'

const key = createPolicyKey()
const person = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' }
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const policyOf = (version: number, desktop: Policy['desktop']): Policy => ({
  ...demoPolicy('Demo Care', version),
  ...(desktop === undefined ? {} : { desktop })
})

/** A desk at work on a system that keeps no window out of screenshots. */
function atWork(): Desk {
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => 0, label: () => '2026-06-01T00:00:00.000Z' },
    hands: { blank: () => undefined, reveal: () => undefined, showSignIn: () => undefined },
    log: quiet,
    verify: verifyEd25519,
    policyChanged: () => undefined,
    openApplication: () => undefined,
    changed: () => undefined,
    lookAgain: () => undefined,
    restartSensor: () => undefined
  })
  new CourierLink({ desk, post: () => true, reopen: () => undefined }).receive({
    kind: 'ready',
    device: 'b3f0c7a6-0000-4000-8000-0000000000aa',
    organisation: 'Demo Care',
    team: 'Claims',
    policyRoot: key.root,
    policy: signPolicy(policyOf(1, undefined), key)
  })
  desk.signedIn(person)
  return desk
}

const isHidden = (desk: Desk): boolean => desk.state.faultSince['device-unfit'] !== undefined

describe('what the policy asks of the desktop', () => {
  it('is judged with the policy that asks, in the middle of a shift too, and no longer than it asks', () => {
    const desk = atWork()
    expect(isHidden(desk)).toBe(false)
    desk.offerPolicy(signPolicy(policyOf(2, { contentProtection: { enforcement: 'block' } }), key))
    expect(isHidden(desk)).toBe(true)
    desk.offerPolicy(signPolicy(policyOf(3, undefined), key))
    expect(isHidden(desk)).toBe(false)
  })

  it('is asked of nobody once nobody works', () => {
    const desk = atWork()
    desk.offerPolicy(signPolicy(policyOf(2, { contentProtection: { enforcement: 'block' } }), key))
    desk.signOut()
    expect(isHidden(desk)).toBe(false)
  })
})
