import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { INPUT_LOOK_MS, InputWatch } from './input-watch'

let idle = 0
let isSignedIn = true
let told: number[]
let watch: InputWatch
beforeEach(() => {
  vi.useFakeTimers()
  told = []
  isSignedIn = true
  watch = new InputWatch({
    idleSeconds: () => idle,
    isSignedIn: () => isSignedIn,
    touched: (agoMs) => told.push(agoMs)
  })
})
afterEach(() => {
  watch.stop()
  vi.useRealTimers()
})

test('G1: input is told of as it is seen; its absence, and input while nobody is signed in, is not', () => {
  idle = 2
  vi.advanceTimersByTime(INPUT_LOOK_MS)
  expect(told).toEqual([2000])
  idle = 60
  vi.advanceTimersByTime(4 * INPUT_LOOK_MS)
  expect(told).toEqual([2000])
  idle = 0
  isSignedIn = false
  vi.advanceTimersByTime(INPUT_LOOK_MS)
  expect(told).toEqual([2000])
})
