/** What a tile says, as far as telephony needs it. */
export interface DeskWord {
  readonly workstation: string
  readonly state: 'starting' | 'signed-out' | 'shown' | 'hidden' | 'unknown'
  readonly locked: boolean
  readonly since: string
}

/** Whether calls may ring for a person, and which of their desks says so. */
export interface Readiness {
  readonly ready: boolean
  readonly workstation: string | null
  readonly state: DeskWord['state'] | 'locked'
}

const isReady = ({ state, locked }: DeskWord): boolean => state === 'shown' && !locked

/**
 * A person is ready while one of the desks that they are signed in at is shown: everything else, what nobody knows too,
 * keeps calls away. Somebody who moved to another desk is not made unready by the one that they left.
 */
export function readinessOf(desks: readonly DeskWord[]): Readiness {
  const ready = desks.find(isReady)
  if (ready !== undefined) return { ready: true, workstation: ready.workstation, state: 'shown' }
  const newest = [...desks].sort((a, b) => (a.since < b.since ? 1 : -1))[0]
  if (newest === undefined) return { ready: false, workstation: null, state: 'signed-out' }
  return {
    ready: false,
    workstation: newest.workstation,
    state: newest.locked ? 'locked' : newest.state
  }
}
