import { DAY, now, policy, policyKeys, root, rootKey, snapshot, thief } from '../documents'
import type { Surface } from '../case'
import { json } from '../../lying-hub'
import type { Workstation } from '../../workstation'
import { rootPath, SNAPSHOT_PATH } from '../../../../src/contract/wire/v1/device'

const round = (station: Workstation): Promise<void> => {
  station.skipped += 11 * 60_000
  return station.speak()
}

/** Well-formed documents that IT did not sign, signed for somebody else, or signed long ago. */
export const roots: Surface = {
  path: rootPath(2),
  provoke: round,
  cases: {
    'an old root': [{ what: 'an old root', lie: () => json(root(1)), record: 'root 2: rolled back' }],
    'a gap': [
      {
        what: 'a chain of roots with a gap',
        lie: () => json(root(3)),
        record: 'root 2: root 3 does not follow root 1'
      }
    ],
    'a thief’s': [
      { what: 'a root of the thief’s', lie: () => json(root(2, [thief])), record: 'root 2: not signed' }
    ]
  }
}
export const snapshots: Surface = {
  path: SNAPSHOT_PATH,
  provoke: round,
  cases: {
    'a thief’s': [
      {
        what: 'a snapshot of the thief’s',
        lie: () => json(snapshot(2, 1, now, thief)),
        record: 'snapshot: not signed'
      }
    ],
    expired: [
      {
        what: 'a snapshot that expired',
        lie: () => json(snapshot(2, 2, new Date(now.getTime() - 8 * DAY))),
        record: 'snapshot: snapshot expired'
      }
    ],
    none: [
      {
        what: 'no snapshot',
        lie: () => json({ code: 'not-found', message: 'There is none.' }, 404),
        record: 'snapshot: none is handed out'
      }
    ]
  }
}
export const policies: Surface = {
  path: '/device/v1/policy',
  provoke: round,
  cases: {
    // First: while version 3 is named, the truth of the hub between two tries is this one once more.
    withheld: [
      {
        what: 'a policy that is withheld',
        lie: () => json(policy(2)),
        record: 'policy: version 3 is named, 2 handed out'
      }
    ],
    'rolled back': [{ what: 'an old policy', lie: () => json(policy(1)), record: 'policy: rolled back' }],
    'another organisation': [
      {
        what: 'a policy of another organisation',
        lie: () => json(policy(3, policyKeys, 'Other Care')),
        record: 'policy: for another organisation'
      }
    ],
    'a thief’s': [
      {
        what: 'a policy that the thief signed',
        lie: () => json(policy(3, [thief, rootKey])),
        record: 'policy: not signed'
      }
    ],
    unsigned: [
      {
        what: 'a policy without signatures',
        lie: () => json(policy(3, [])),
        record: "policy: the reply is not the hub's (signatures)"
      }
    ],
    'too new': [
      {
        what: 'a policy that is newer than the snapshot',
        lie: () => json(policy(3)),
        record: 'policy: not what the snapshot names'
      }
    ]
  }
}
