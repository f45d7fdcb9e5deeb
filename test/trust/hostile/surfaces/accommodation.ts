import { createPolicyKey, signAccommodation } from '../../../../src/provision/index'
import { PASSWORD } from '../../../hub/support/world'
import { json } from '../../lying-hub'
import type { Surface } from '../case'
import { ORGANISATION } from '../documents'
import { EMAIL } from '../scene'
import type { Workstation } from '../../workstation'

const forged = signAccommodation(
  {
    schema: 1,
    organisation: ORGANISATION,
    id: 'acc-001',
    version: 1,
    person: EMAIL,
    issuedAt: new Date(Date.now() - 86_400_000).toISOString(),
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    kind: 'carer',
    relaxes: { others: 3 },
    control: { maxDisplays: 4 }
  },
  createPolicyKey()
)

/** Asked after each sign-in. */
async function signInAnew(station: Workstation): Promise<void> {
  if (station.desk.state.person !== null) station.signOut()
  await station.signIn(EMAIL, PASSWORD)
}

/** What a hub hands out as what a person may do otherwise. */
export const accommodations: Surface = {
  path: '/device/v1/accommodations',
  provoke: signInAnew,
  cases: {
    'accommodations.v': [
      {
        what: 'accommodations of another version',
        lie: () => json({ v: 2, accommodations: [] }),
        record: "accommodations: the reply is not the hub's (v)"
      }
    ],
    'accommodations.accommodations[]': [
      {
        what: 'an accommodation that IT did not sign',
        lie: () => json({ v: 1, accommodations: [JSON.stringify(forged)] }),
        record: null,
        why: 'only what IT’s key signed counts; what is none is recorded as an accommodation that was refused'
      }
    ]
  }
}
