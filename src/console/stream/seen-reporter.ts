import { failureOf } from '../hub/failure'
import type { HubClient } from '../hub/hub-client'

/** Tells the hub, once per alert, that this console has shown it. */
export interface SeenReporter {
  readonly shown: (alert: string) => void
  /** Goes on with what could not be told before. */
  readonly resume: () => void
}

/** One request at a time: three hundred alerts at once must not crowd out an acknowledgement. */
export function createSeenReporter(hub: Pick<HubClient, 'seen'>): SeenReporter {
  const known = new Set<string>()
  const waiting: string[] = []
  let busy = false

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    try {
      for (let next = waiting[0]; next !== undefined; next = waiting[0]) {
        await hub.seen(next)
        waiting.shift()
      }
    } catch (thrown) {
      // Without a line it waits for `resume`. A refusal will not change: the next one may still pass.
      if (failureOf(thrown).kind === 'refused') {
        waiting.shift()
        queueMicrotask(() => void drain())
      }
    } finally {
      busy = false
    }
  }

  return {
    shown: (alert) => {
      if (known.has(alert)) return
      known.add(alert)
      waiting.push(alert)
      void drain()
    },
    resume: () => void drain()
  }
}
