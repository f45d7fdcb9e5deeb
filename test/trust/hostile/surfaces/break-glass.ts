import { expect } from 'vitest'
import { SoftPasskey, goodGrant } from '../../../break-glass/passkey'
import { json, type Lie } from '../../lying-hub'
import { poll, type HostileScene } from '../scene'
import type { Surface } from '../case'
import type { Workstation } from '../../workstation'

const thief = new SoftPasskey()
let request = ''

/** The desk asks for what its policy lets be waived, so that there is something to answer. */
async function ask(station: Workstation, scene: HostileScene): Promise<void> {
  station.desk.askException('firewall', 'it-advised')
  const { now } = station.desk.breakGlass.view() ?? { now: null }
  expect(now?.stage).toBe('asked')
  request = station.request
  await station.speak()
  await scene.wake(station.device)
}

/** Made when it is asked for: what was asked is known only then. */
const answers =
  (change: () => object): (() => Lie) =>
  () =>
  (response) =>
    json({ v: 1, answers: [{ request, outcome: 'granted', grant: null, ...change() }] })(response)
const over = async (station: Workstation): Promise<void> => {
  station.skipped += 31 * 60_000 // nobody answers it: the next case asks anew
  station.desk.breakGlass.look()
  await expect.poll(() => station.desk.breakGlass.isWaiting, poll).toBe(false)
}
const notTheHubs = (field: string) => `break-glass: the reply is not the hub's (${field})`

/** What a hub says became of a request of break-glass. It holds no key that the policy names. */
export const breakGlass: Surface = {
  path: '/device/v1/break-glass',
  provoke: ask,
  cases: {
    'breakGlass.v': [
      {
        what: 'an answer of another version',
        lie: () => json({ v: 2, answers: [] }),
        record: notTheHubs('v'),
        then: over
      }
    ],
    'breakGlass.answers[].request': [
      {
        what: 'an answer to what was not asked',
        lie: answers(() => ({ request: goodGrant.request })),
        record: null,
        why: 'it is about no request of this desk’s',
        then: over
      }
    ],
    'breakGlass.answers[].outcome': [
      {
        what: 'an outcome that there is not',
        lie: answers(() => ({ outcome: 'for ever' })),
        record: notTheHubs('answers.0.outcome'),
        then: over
      },
      {
        what: 'a grant without a grant',
        lie: answers(() => ({})),
        record: null,
        why: 'nothing is granted',
        then: over
      }
    ],
    'breakGlass.answers[].grant': [
      {
        what: 'a grant by a key that the policy does not name',
        lie: answers(() => ({
          grant: thief.grant({ ...goodGrant, approver: 'it@frozen.example', request })
        })),
        record: null,
        why: 'the request is closed, and recorded as refused',
        then: over
      }
    ]
  }
}
