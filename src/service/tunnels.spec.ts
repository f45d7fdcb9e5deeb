import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tunnelsReply } from '../contract/service/tunnels'
import { peersOf } from './tunnels'

const KEY = `${'A'.repeat(43)}=`

describe('D11 handshakes', () => {
  it('are read with their age, and never had is no age', () => {
    expect(peersOf(`wg0\t${KEY}\t1000\nwg1\t${KEY}\t0\n`, 1_060_000)).toEqual({
      peers: [
        { interface: 'wg0', publicKey: KEY, handshakeAgeMs: 60_000 },
        { interface: 'wg1', publicKey: KEY, handshakeAgeMs: null }
      ],
      problem: ''
    })
  })

  it('are no peers at all when a line is something else', () => {
    expect(peersOf(`wg0\t${KEY}\t1000\nwg0\toff\n`, 0)).toMatchObject({ peers: null })
  })

  it('fit the answer whatever was printed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer(), (text, now) => {
        const reply = { kind: 'tunnels', id: '00000000-0000-4000-8000-000000000001', ...peersOf(text, now) }
        expect(tunnelsReply.safeParse(reply).success).toBe(true)
      })
    )
  })
})
