import { err, ok } from '../../core/result'
import type { Peer, Platform } from '../contract'
import { FakeLockDown } from './lock-down'

/** A platform that says what the test tells it to. `null` is a kernel that gives no answer. */
export function fakePlatform(peer: Peer | null, own: Peer = { kind: 'user', uid: 1000 }): Platform {
  return {
    name: 'fake',
    serviceSocket: '/nonexistent/havendesk/service.sock',
    stateFolder: '/nonexistent/havendesk/state',
    lockDown: new FakeLockDown(),
    peerOf: () => (peer === null ? err('nobody knows') : ok(peer)),
    ownPeer: () => ok(own),
    preventDumps: () => [],
    network: { read: () => Promise.reject(new Error('no network here')), watch: () => () => undefined },
    hardwareKeys: () => Promise.resolve(null),
    checks: [],
    privileged: {
      firewall: () => Promise.resolve([]),
      volumes: () => Promise.resolve([]),
      tpm: () => Promise.resolve({ present: false, major: null, ready: false })
    }
  }
}
