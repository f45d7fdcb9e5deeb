import { EventEmitter } from 'node:events'
import { expect, it } from 'vitest'
import { AllowList, type Allowed } from './allow-list'
import { parseAuthority } from './authority'
import { Live, type Connection } from './live'

/** Only the ends count here, and whether it was ended. */
class Ends extends EventEmitter implements Connection {
  ended = 0
  constructor(
    readonly localAddress: string,
    readonly remoteAddress: string
  ) {
    super()
  }
  destroy(): void {
    this.ended += 1
    this.emit('close')
  }
}

const relay = 'relay.example:3478'
const site = 'site.example:443'
const wayOut = { sources: ['10.0.0.1'], apart: [] }
const both: Allowed = { authorities: [site], relays: [{ authority: relay, transport: 'udp' }] }

/** Connections that are under way to a site and to a relay, from one address, when a list comes into force. */
function under(allowed: Allowed, from: string): readonly number[] {
  const live = new Live()
  const ends = [site, relay].map((authority) => {
    const one = new Ends(from, '198.51.100.10')
    live.add(one, parseAuthority(authority)!)
    return one
  })
  const list = new AllowList()
  list.replace(allowed)
  live.cutAllBut(list)
  return ends.map(({ ended }) => ended)
}

it('D11 what is under way outside of the tunnel is cut off when the tunnel is asked for, a relay like a site', () => {
  expect(under({ ...both, wayOut }, '192.168.1.5')).toEqual([1, 1])
  expect(under({ ...both, wayOut }, '10.0.0.1')).toEqual([0, 0])
  expect(under(both, '192.168.1.5')).toEqual([0, 0])
})

it('C1 what is under way to a place that is off the list is cut off, and nothing else', () => {
  expect(under({ ...both, relays: [] }, '10.0.0.1')).toEqual([0, 1])
  expect(under({ ...both, authorities: [] }, '10.0.0.1')).toEqual([1, 0])
})
