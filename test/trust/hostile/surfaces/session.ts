import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { OFFLINE_PATH } from '../../../../src/contract/wire/v1/offline'
import { PASSWORD } from '../../../hub/support/world'
import { json } from '../../lying-hub'
import type { Surface } from '../case'
import { EMAIL, poll, type HostileScene } from '../scene'
import type { Workstation } from '../../workstation'

const signIn = async (station: Workstation): Promise<void> => {
  await station.signIn(EMAIL, PASSWORD)
}
const signOut = (station: Workstation): Promise<void> => {
  station.signOut()
  return Promise.resolve()
}
const asPerson = (change: object) => (reply: Record<string, unknown>) => ({
  ...reply,
  person: { ...(reply['person'] as object), ...change }
})

export const signingIn: Surface = {
  path: '/device/v1/sign-in',
  provoke: signIn,
  cases: {
    'signIn.v': [
      {
        what: 'a sign-in of another version',
        bend: (reply) => ({ ...reply, v: 2 }),
        record: "sign-in: the reply is not the hub's (v)"
      }
    ],
    'signIn.session': [
      {
        what: 'a session that is none',
        bend: (reply) => ({ ...reply, session: randomUUID() }),
        record: null,
        why: 'a session is a name that the hub gives: it opens nothing at the desk',
        then: signOut
      }
    ],
    'signIn.person.id': [
      {
        what: 'somebody else than who signed in',
        bend: asPerson({ id: randomUUID() }),
        record: null,
        why: 'who signs in is the hub’s word; what they see takes policy and verdict, and the true hub ends it',
        // Who is in a book is the hub's to say; nothing is shown for it, and the true hub ends it.
        then: async (station, scene) => {
          await scene.wake(station.device)
          await expect.poll(() => station.desk.state.person, poll).toBeNull()
        }
      }
    ],
    'signIn.person.name': [
      {
        what: 'a name that no message takes',
        bend: asPerson({ name: 'x'.repeat(100_000) }),
        record: "sign-in: the reply is not the hub's (person.name)"
      }
    ]
  }
}

const wake = (station: Workstation, scene: HostileScene): Promise<void> => scene.wake(station.device)

/** Tried on a desk where somebody is signed in; the last of them ends that. */
export const session: Surface = {
  path: '/device/v1/session',
  provoke: wake,
  cases: {
    'session.v': [
      {
        what: 'a session of another version',
        lie: () => json({ v: 2, person: null }),
        record: "session: the reply is not the hub's (v)"
      }
    ],
    'session.person': [
      {
        what: 'somebody else’s session',
        lie: () => json({ v: 1, person: randomUUID() }),
        record: null,
        why: 'it ends the session that is there: stricter',
        then: (station) => expect.poll(() => station.desk.state.person, poll).toBeNull()
      }
    ]
  }
}
export const waking: Surface = {
  path: '/device/v1/wake',
  provoke: wake,
  cases: {
    'wake.wake': [
      {
        what: 'wakes without end',
        lie: () => json({ v: 1, wake: true }),
        record: 'wake: answers at once, again and again'
      }
    ],
    'wake.v': [
      {
        what: 'wakes in another version',
        lie: () => json({ v: 2, wake: true }),
        record: "wake: the reply is not the hub's (v)"
      }
    ]
  }
}

/** Tried on a desk where somebody signed in at the hub; the last of them has the desk forget them. */
export const offline: Surface = {
  path: OFFLINE_PATH,
  provoke: wake,
  cases: {
    'offline.v': [
      {
        what: 'the standing of another version',
        bend: (reply) => ({ ...reply, v: 2 }),
        record: "offline: the reply is not the hub's (v)"
      }
    ],
    'offline.session': [
      {
        what: 'a session that nobody began',
        bend: (reply) => ({ ...reply, session: randomUUID() }),
        record: null,
        why: 'nobody asked for one'
      }
    ],
    'offline.standing': [
      {
        what: 'somebody out who is not',
        bend: (reply) => ({ ...reply, standing: 'out' }),
        record: null,
        why: 'it makes the desk stricter: without a hub, nobody signs in'
      }
    ]
  }
}
