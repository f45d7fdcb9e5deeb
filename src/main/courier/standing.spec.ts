import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FromCourier } from '../../contract/helper/courier'
import { Standing } from './standing'

function setUp() {
  const said: string[] = []
  const standing = new Standing(
    (message: FromCourier) =>
      said.push(
        message.kind === 'refused'
          ? `refused ${message.reason}`
          : message.kind === 'cleared'
            ? `cleared ${message.what}`
            : message.kind
      ),
    () => said.push('out')
  )
  return { standing, said }
}
const quarantined = { reason: 'quarantined', detail: '' } as const
const unbelieved = { code: 'bad-attestation', field: 'statement.buildHash', message: '' } as const
const inSoftware = { detail: 'The policy wants the key in a TPM.', label: 'key' } as const

test('F5: what shut a workstation out is cleared once each, and until all of it is nobody may sign in', () => {
  const { standing, said } = setUp()
  standing.reachable()
  expect(standing.refusal).toBeNull()
  standing.refused(quarantined)
  standing.distrusted(unbelieved)
  expect(standing.refusal).toBe('quarantined')
  standing.reachable()
  expect(standing.refusal).toBe('not-attested')
  standing.believed()
  standing.believed()
  standing.reachable()
  expect(standing.refusal).toBeNull()
  expect(said).toEqual([
    'hub',
    'cleared device',
    'refused quarantined',
    'out',
    'refused attestation-refused',
    'out',
    'hub',
    'cleared device',
    'cleared attestation'
  ])
})

test('F8: a hub that believes whatever it is told does not take back what the policy refuses', () => {
  const { standing, said } = setUp()
  standing.doubt(inSoftware)
  standing.believed()
  standing.doubt(inSoftware)
  standing.distrusted(unbelieved)
  standing.believed()
  standing.reachable()
  expect(standing.refusal).toBe('not-attested')
  expect(said).toEqual(['refused attestation-refused', 'out', 'hub', 'cleared device'])
})

test('F8: after the policy took its doubt back, only an attestation made since then clears it', () => {
  const { standing } = setUp()
  standing.doubt(inSoftware)
  expect(standing.doubt(null)).toBe(true)
  expect(standing.refusal).toBe('not-attested')
  standing.believed()
  expect(standing.refusal).toBeNull()
  expect(standing.doubt(null)).toBe(false)
})

test('what only says that the desk is not ready yet is nobody’s matter', () => {
  const { standing, said } = setUp()
  standing.distrusted({ code: 'bad-attestation', field: 'statement.thresholds', message: '' })
  standing.distrusted({ code: 'quarantined', message: '' })
  expect([said, standing.refusal]).toEqual([[], null])
})

test('F4 F5 F8: in any order of what is heard, it refuses as long as one of its reasons stands, and says each change once', () => {
  const step = fc.constantFrom(
    'reachable',
    'unreachable',
    'refused',
    'distrusted',
    'believed',
    'wants',
    'wants not'
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { standing, said } = setUp()
      const now = { shut: false, hub: false, policy: false, attestation: false }
      for (const what of steps) {
        if (what === 'reachable') standing.reachable()
        if (what === 'unreachable') standing.unreachable('away')
        if (what === 'refused') standing.refused(quarantined)
        if (what === 'distrusted') standing.distrusted(unbelieved)
        if (what === 'believed') standing.believed()
        if (what === 'wants') standing.doubt(inSoftware)
        if (what === 'wants not') standing.doubt(null)
        if (what === 'refused' || what === 'reachable') now.shut = what === 'refused'
        if (what === 'distrusted' || what === 'believed') now.hub = what === 'distrusted'
        if (what === 'wants' || what === 'wants not') now.policy = what === 'wants'
        if (now.hub || now.policy) now.attestation = true
        else if (what === 'believed') now.attestation = false
        expect(standing.refusal).toBe(now.shut ? 'quarantined' : now.attestation ? 'not-attested' : null)
      }
      const heard = (word: string) => said.filter((one) => one === word).length
      expect(Math.abs(heard('cleared device') - heard('refused quarantined'))).toBeLessThanOrEqual(1)
      // Whatever is refused ends a session, each time.
      expect(said.filter((word) => word === 'out')).toHaveLength(
        said.filter((word) => word.startsWith('refused')).length
      )
    })
  )
})
