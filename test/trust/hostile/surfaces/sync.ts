import { expect } from 'vitest'
import type { Surface } from '../case'
import { poll } from '../scene'
import type { Workstation } from '../../workstation'

const notTheHubs = (field: string) => `sync: the reply is not the hub's (${field})`

/** The reply to every heartbeat: it carries most of what comes down. */
export const sync: Surface = {
  path: '/device/v1/sync',
  provoke: (station: Workstation) => {
    station.skipped += 11_000 // whatever could not be had is asked for again after ten seconds
    return station.speak()
  },
  cases: {
    'sync.v': [{ what: 'another version', bend: (reply) => ({ ...reply, v: 2 }), record: notTheHubs('v') }],
    'sync.ackBelow': [
      {
        what: 'acknowledges what was never sent',
        bend: (reply) => ({ ...reply, ackBelow: 1_000_000 }),
        record: 'sync: it acknowledges what was never sent'
      },
      {
        what: 'acknowledges nothing',
        bend: (reply) => ({ ...reply, ackBelow: 0 }),
        record: 'sync: it acknowledges nothing'
      },
      {
        what: 'acknowledges in words',
        bend: (reply) => ({ ...reply, ackBelow: 'all' }),
        record: notTheHubs('ackBelow')
      }
    ],
    'sync.policyVersion': [
      {
        what: 'names a policy that it does not hand out',
        bend: (reply) => ({ ...reply, policyVersion: 99 }),
        record: 'policy: version 99 is named, 2 handed out'
      },
      {
        what: 'names an older policy',
        bend: (reply) => ({ ...reply, policyVersion: 1 }),
        record: null,
        why: 'a version that falls is not asked for'
      }
    ],
    'sync.models[].name': [
      {
        what: 'offers another model',
        bend: (reply) => ({ ...reply, models: [{ name: 'blind-eyes', version: 9 }] }),
        record: null,
        why: 'the policy names the model that is fetched'
      }
    ],
    'sync.models[].version': [
      {
        what: 'offers a version that no snapshot names',
        bend: (reply) => ({ ...reply, models: [{ name: 'desk-eyes', version: 99 }] }),
        record: null,
        why: 'a manifest that the snapshot does not name is not taken'
      }
    ],
    'sync.serverTime': [
      {
        what: 'another time',
        bend: (reply) => ({ ...reply, serverTime: '2099-01-01T00:00:00.000Z' }),
        record: null,
        why: 'the time that was seen rises with signed documents and this clock alone'
      }
    ],
    'sync.heartbeatMs': [
      {
        what: 'wants to hear nothing for ten minutes',
        bend: (reply) => ({ ...reply, heartbeatMs: 600_000 }),
        record: null,
        why: 'what there is to tell is told at once',
        // What there is to tell is told at once all the same.
        then: async (station, { hub }) => {
          const asked = hub.asked.length
          await station.speak()
          await expect.poll(() => hub.asked.length, poll).toBeGreaterThan(asked)
        }
      },
      {
        what: 'wants to hear without end',
        bend: (reply) => ({ ...reply, heartbeatMs: 1 }),
        record: notTheHubs('heartbeatMs')
      }
    ],
    'sync.attest': [
      {
        what: 'wants an attestation each time',
        bend: (reply) => ({ ...reply, attest: true }),
        record: null,
        why: 'it is told more, and decides nothing'
      }
    ]
  }
}
