import { expect, it } from 'vitest'
import { leavesByTunnel } from './way-out'

const wayOut = { sources: ['10.0.0.1', 'fd78::1'], apart: ['203.0.113.9'] }

it.each([
  ['10.0.0.1', '198.51.100.10', true],
  ['::ffff:10.0.0.1', '::ffff:198.51.100.10', true],
  ['FD78::1', '2001:db8::10', true],
  ['192.168.1.5', '198.51.100.10', false],
  ['192.168.1.5', '203.0.113.9', true],
  ['127.0.0.1', '127.0.0.1', true],
  [undefined, undefined, false],
  ['', '', false]
])('D11 a connection from %s to %s may be used: %s', (localAddress, remoteAddress, may) => {
  const ends = {
    ...(localAddress === undefined ? {} : { localAddress }),
    ...(remoteAddress === undefined ? {} : { remoteAddress })
  }
  expect(leavesByTunnel(ends, wayOut)).toBe(may)
  expect(leavesByTunnel(ends, undefined)).toBe(true)
})
