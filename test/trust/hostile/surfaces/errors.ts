import { hubErrorSchema } from '../../../../src/contract/wire/v1/device'
import { json } from '../../lying-hub'
import type { HostileCase, Surface } from '../case'
import type { Workstation } from '../../workstation'

const record = 'sync: it waits for a record that no run comes to'

/** Refusals where there is nothing to refuse: they make a desk stricter or do nothing. Tried on the heartbeat. */
export const errors: Surface = {
  path: '/device/v1/sync',
  provoke: (station: Workstation) => {
    station.skipped += 31_000
    return station.speak()
  },
  cases: {
    'error.code': hubErrorSchema.shape.code.options.map((code): HostileCase => ({
      what: `refuses with ${code}`,
      lie: () => json({ code, message: 'Unlock the desk.' }, code === 'unavailable' ? 503 : 403),
      record: null,
      why: 'a refusal hides, signs out or waits: it opens nothing'
    })),
    'error.message': [
      {
        what: 'a refusal of a megabyte',
        lie: () => json({ code: 'revoked', message: 'x'.repeat(900_000) }, 403),
        record: null,
        why: 'its text is cut and shown as text'
      }
    ],
    'error.field': ['desk', 'records.0', 'proof.seq', '__proto__.seq'].map((field): HostileCase => ({
      what: `objects to ${field}`,
      lie: () => json({ code: 'bad-request', message: '', field }, 400),
      record: null,
      why: 'only the field of a record that was sent drops it, and says so'
    })),
    'error.expected': [
      {
        what: 'waits for a record beyond all counting',
        lie: () => json({ code: 'gap', message: '', expected: Number.MAX_SAFE_INTEGER }, 409),
        record
      }
    ]
  }
}
