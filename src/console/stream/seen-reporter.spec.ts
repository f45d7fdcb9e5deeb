import { expect, test, vi } from 'vitest'
import { HubFailure } from '../hub/failure'
import { createSeenReporter } from './seen-reporter'
import { soon } from '../../../test/soon'

test('tells each alert once, one after the other', async () => {
  let running = 0
  const seen = vi.fn<(alert: string) => Promise<void>>(async () => {
    running += 1
    expect(running).toBe(1)
    await Promise.resolve()
    running -= 1
  })
  const reporter = createSeenReporter({ seen })
  for (const alert of ['a', 'b', 'a', 'c', 'b']) reporter.shown(alert)
  await soon(() => expect(seen).toHaveBeenCalledTimes(3))
  expect(seen.mock.calls.flat()).toEqual(['a', 'b', 'c'])
})

test('keeps what could not be told and goes on when the line is back', async () => {
  const seen = vi.fn<(alert: string) => Promise<void>>(() => Promise.resolve())
  seen.mockRejectedValueOnce(new HubFailure({ kind: 'unreachable' }))
  const reporter = createSeenReporter({ seen })
  reporter.shown('a')
  reporter.shown('b')
  await new Promise((resolve) => setTimeout(resolve, 5))
  reporter.resume()
  await soon(() => expect(seen.mock.calls.flat().slice(-2)).toEqual(['a', 'b']))
})

test('passes over an alert that the hub refuses', async () => {
  const seen = vi.fn<(alert: string) => Promise<void>>(() => Promise.resolve())
  seen.mockRejectedValueOnce(new HubFailure({ kind: 'refused', status: 404, code: 'not-found' }))
  const reporter = createSeenReporter({ seen })
  reporter.shown('gone')
  reporter.shown('here')
  await soon(() => expect(seen.mock.calls.flat()).toEqual(['gone', 'here']))
})
