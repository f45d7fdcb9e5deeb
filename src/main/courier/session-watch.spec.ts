import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { HubAnswer, HubCall } from './hub/hub-client'
import { SessionWatch } from './session-watch'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const away = { kind: 'unreachable', problem: 'no answer in time', retryAfterMs: null, odd: false } as const

/** A hub that answers nothing until the question is given up, or that says who is signed in. */
function watched(person?: string) {
  const said: (string | null)[] = []
  let asked = 0
  const client = {
    call: <T>({ signal, reply }: HubCall<T>): Promise<HubAnswer<T>> => {
      asked += 1
      if (person !== undefined) return Promise.resolve({ kind: 'ok', value: reply.parse({ v: 1, person }) })
      return new Promise((answered) => {
        signal?.addEventListener('abort', () => {
          answered(away)
        })
      })
    }
  }
  const clock = { monotonic: () => Date.now() }
  const watch = new SessionWatch({ client, clock, said: (who) => said.push(who) })
  return { watch, said, asked: () => asked }
}

test('a question that hangs gives way to an alert, and is asked again with the hub’s next answer', async () => {
  const { watch, said, asked } = watched()
  watch.ask()
  watch.giveWay()
  await vi.advanceTimersByTimeAsync(499)
  watch.heartbeat()
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  // The heartbeat meanwhile wanted it once more.
  expect(asked()).toBe(2)
  watch.giveWay()
  await vi.advanceTimersByTimeAsync(500)
  expect(asked()).toBe(2)
  watch.heartbeat()
  expect(asked()).toBe(3)
  expect(said).toEqual([])
})

test('an answer is good for a minute', async () => {
  const person = '7f3e0c7e-4a0e-4c5c-9d0a-2b7b1b0f6f11'
  const { watch, said, asked } = watched(person)
  watch.heartbeat()
  await vi.advanceTimersByTimeAsync(59_999)
  watch.heartbeat()
  expect(asked()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  watch.heartbeat()
  await vi.advanceTimersByTimeAsync(0)
  expect(said).toEqual([person, person])
})
