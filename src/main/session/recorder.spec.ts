import { describe, expect, it } from 'vitest'
import type { RecordBody } from '../../contract/wire/v1/device'
import { Recorder } from './recorder'

const clock = { now: () => 5, label: () => '2026-01-01T00:00:00.000Z' }
const event = (detail: string): RecordBody => ({ kind: 'event', code: 'helper-died', detail, count: 1 })
const desk: RecordBody = { kind: 'desk', state: 'hidden', reasons: ['phone'] }

describe('Recorder', () => {
  it('keeps records until they are on disk, and hands them to the next courier in order', () => {
    const recorder = new Recorder(clock)
    const first = recorder.record(event('one'))
    const got: string[] = []
    recorder.courierReady((message) => got.push(message.handle))
    const second = recorder.record(desk)
    expect(got).toEqual([first, second])
    recorder.written(first)
    expect([recorder.isWritten(first), recorder.isWritten(second)]).toEqual([true, false])
    recorder.courierGone()
    const third = recorder.record(event('three'))
    const next: string[] = []
    recorder.courierReady((message) => next.push(message.handle))
    expect(next).toEqual([second, third])
  })

  it('drops events, and never anything else, when nothing can be written for long', () => {
    const recorder = new Recorder(clock)
    for (let i = 0; i < 5000; i += 1) recorder.record(event(String(i)))
    const kept = recorder.record(desk)
    const got: { handle: string; body: RecordBody }[] = []
    recorder.courierReady((message) => got.push(message))
    expect(got).toHaveLength(1002)
    expect(got.at(-2)?.handle).toBe(kept)
    expect(got.at(-1)?.body).toMatchObject({ code: 'records-dropped', count: 4000 })
  })
})
