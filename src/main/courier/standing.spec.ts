import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { FromCourier } from '../../contract/helper/courier'
import { Standing } from './standing'

function setUp() {
  const said: string[] = []
  const standing = new Standing(
    (message: FromCourier) =>
      said.push(message.kind === 'refused' ? `refused ${message.reason}` : message.kind),
    () => said.push('ready')
  )
  return { standing, said }
}
const quarantined = { reason: 'quarantined', detail: '' } as const
const unbelieved = { code: 'bad-attestation', field: 'statement.buildHash', message: '' } as const

test('released from a quarantine it is ready once, also when its program was not believed meanwhile', () => {
  const { standing, said } = setUp()
  standing.reachable()
  standing.refused(quarantined)
  standing.distrusted(unbelieved)
  standing.reachable()
  expect(said).toEqual(['hub', 'refused quarantined', 'refused attestation-refused', 'hub'])
  standing.believed()
  standing.believed()
  standing.reachable()
  expect(said.slice(4)).toEqual(['ready'])
})

test('what only says that the desk is not ready yet is nobody’s matter', () => {
  const { standing, said } = setUp()
  standing.distrusted({ code: 'bad-attestation', field: 'statement.thresholds', message: '' })
  standing.distrusted({ code: 'quarantined', message: '' })
  expect(said).toEqual([])
})

test('ready is said only when nothing shuts it out, and between two of them something did', () => {
  const step = fc.constantFrom('reachable', 'unreachable', 'refused', 'distrusted', 'believed')
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { standing, said } = setUp()
      let shut = false
      let distrusted = false
      for (const what of steps) {
        const before = said.filter((word) => word === 'ready').length
        const wasOut = shut || distrusted
        if (what === 'reachable') standing.reachable()
        if (what === 'unreachable') standing.unreachable('away')
        if (what === 'refused') standing.refused(quarantined)
        if (what === 'distrusted') standing.distrusted(unbelieved)
        if (what === 'believed') standing.believed()
        if (what === 'refused') shut = true
        if (what === 'reachable') shut = false
        if (what === 'distrusted') distrusted = true
        if (what === 'believed') distrusted = false
        const came = said.filter((word) => word === 'ready').length - before
        expect(came).toBe(wasOut && !shut && !distrusted ? 1 : 0)
      }
    })
  )
})
