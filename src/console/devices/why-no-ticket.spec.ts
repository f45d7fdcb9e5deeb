import { expect, test } from 'vitest'
import { whyNoTicket } from './why-no-ticket'

test.each([
  ['not-found', 'person', 'devices.ticket.refused.person'],
  ['conflict', undefined, 'devices.ticket.refused.conflict'],
  ['bad-request', 'hubUrl', 'devices.ticket.refused.address'],
  ['bad-request', 'team', 'devices.ticket.refused.team'],
  ['bad-request', 'label', null],
  ['bad-request', undefined, null],
  ['forbidden', undefined, null]
])('a ticket that is refused as %s for its field %s is told by %s', (code, field, words) => {
  expect(whyNoTicket({ kind: 'refused', status: 400, code, field })).toBe(words)
})

test('a hub that is away is told as everywhere', () => {
  expect(whyNoTicket({ kind: 'unreachable' })).toBeNull()
})
