import { randomBytes, randomUUID } from 'node:crypto'
import { json } from '../../lying-hub'
import type { Surface } from '../case'
import type { Workstation } from '../../workstation'

/** What looks has changed: it attests anew. */
const provoke = (station: Workstation): Promise<void> =>
  station.courier.handle({
    kind: 'sensing',
    model: `eyes ${randomUUID().slice(0, 8)}`,
    modelHash: '1'.repeat(64),
    thresholds: '2'.repeat(64)
  })

export const challenge: Surface = {
  path: '/device/v1/attestation/challenge',
  provoke,
  cases: {
    'challenge.v': [
      {
        what: 'a challenge of another version',
        bend: (reply) => ({ ...reply, v: 2 }),
        record: "attestation/challenge: the reply is not the hub's (v)"
      }
    ],
    'challenge.nonce': [
      {
        what: 'a nonce of its own making, to have a statement over it',
        lie: () => json({ v: 1, nonce: randomBytes(32).toString('base64url') }),
        record: null,
        why: 'the statement over it names hub, device, run and number: it is of no use elsewhere'
      }
    ]
  }
}
export const attestation: Surface = {
  path: '/device/v1/attestation',
  provoke,
  cases: {
    'attestation.v': [
      {
        what: 'an attestation of another version',
        lie: () => json({ v: 2 }),
        record: "attestation: the reply is not the hub's (v)"
      }
    ],
    'attestation.attestation': [
      {
        what: 'an attestation that is none',
        lie: () => json({ v: 1, attestation: randomUUID(), token: 'eyJ', expiresInMs: 1000 }),
        record: null,
        why: 'it is named to nobody but hubs, and the token it comes with opens nothing'
      }
    ],
    'attestation.token': [
      {
        what: 'a token that breaks out of its header',
        lie: () => json({ v: 1, attestation: randomUUID(), token: 'x\r\ncookie: a=b', expiresInMs: 1000 }),
        record: "attestation: the reply is not the hub's (token)"
      }
    ],
    'attestation.expiresInMs': [
      {
        what: 'a token for ever',
        lie: () => json({ v: 1, attestation: randomUUID(), token: 'eyJ', expiresInMs: 2 ** 50 }),
        record: null,
        why: 'a desk attests every two minutes, whatever a token is good for'
      }
    ]
  }
}
