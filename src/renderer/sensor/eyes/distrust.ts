import { backendOrder, type BackendName } from '../../../vision/backend'

/** Where the page keeps a few words that outlive it when main starts it anew: `sessionStorage`, of this run alone. */
export type Memory = Pick<Storage, 'getItem' | 'setItem'>

const key = 'backends-that-failed'
/** From so many marks on a backend is avoided. */
const avoidedFrom = 2
/** One that hung or died while it was tried would do so each time; one that ran well may have met a busy or waking computer. */
const marksFor = { tried: avoidedFrom, ran: 1 } as const

export interface Distrust {
  /** The backend hung or died while it was tried, or after it ran. */
  failed(backend: BackendName, when: keyof typeof marksFor): void
  readonly avoid: readonly BackendName[]
}

/**
 * Remembers which backends took a worker down with them, also when the whole page is started anew: otherwise a driver that
 * hangs would be tried first for ever, and the desk would stay hidden.
 */
export const rememberDistrust = (memory: Memory): Distrust => {
  const marksOf = (backend: BackendName): number => {
    const marks = Number(memory.getItem(`${key}:${backend}`))
    return Number.isFinite(marks) ? marks : 0
  }
  return {
    failed: (backend, when) => {
      memory.setItem(`${key}:${backend}`, String(marksOf(backend) + marksFor[when]))
    },
    get avoid() {
      return backendOrder.filter((backend) => marksOf(backend) >= avoidedFrom)
    }
  }
}
