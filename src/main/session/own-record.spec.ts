import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { ToCourier } from '../../contract/helper/courier'
import { OwnRecord } from './own-record'

let posted: ToCourier[]
let isRunning: boolean
let isSignedIn: boolean
let record: OwnRecord
beforeEach(() => {
  vi.useFakeTimers()
  posted = []
  isRunning = true
  isSignedIn = true
  record = new OwnRecord(
    (message) => {
      posted.push(message)
      return isRunning
    },
    () => isSignedIn
  )
})
afterEach(() => {
  vi.useRealTimers()
})

const handleOf = (message: ToCourier | undefined): string =>
  message !== undefined && 'handle' in message ? message.handle : ''
const ALERT = '5c4b1e0a-6d0f-4b52-9d0a-0b8a1f6a2c11'

describe('the record that a person has of themselves', () => {
  test('is what the courier answers to this very question', async () => {
    const first = record.list()
    const second = record.appeal(ALERT, 'not so')
    record.heard({ kind: 'appealed', handle: handleOf(posted[1]), outcome: 'accepted' })
    record.heard({ kind: 'own-alerts', handle: 'somebody else', alerts: null })
    record.heard({ kind: 'own-alerts', handle: handleOf(posted[0]), alerts: [] })
    expect(await first).toEqual({ outcome: 'known', alerts: [] })
    expect(await second).toBe('accepted')
  })

  test('cannot be shown while nobody answers, the courier is gone, or the hub is', async () => {
    const silent = record.list()
    vi.advanceTimersByTime(8000)
    expect(await silent).toEqual({ outcome: 'hub-unreachable' })
    const left = record.appeal(ALERT, 'not so')
    record.gone()
    expect(await left).toBe('hub-unreachable')
    const away = record.list()
    record.heard({ kind: 'own-alerts', handle: handleOf(posted.at(-1)), alerts: null })
    expect(await away).toEqual({ outcome: 'hub-unreachable' })
    isRunning = false
    expect(await record.list()).toEqual({ outcome: 'hub-unreachable' })
  })

  test('is nobody’s while nobody is signed in: the hub is not even asked', async () => {
    isSignedIn = false
    expect(await record.list()).toEqual({ outcome: 'hub-unreachable' })
    expect(posted).toEqual([])
  })
})
