import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { RecordBody } from '../../../contract/wire/v1/device'
import { Backlog, type Pending } from './backlog'

const desk: RecordBody = { kind: 'desk', state: 'shown', reasons: [] }
const ended: RecordBody = {
  kind: 'alert-ended',
  end: {
    id: '7b0e0c8e-6a36-4d0a-9a3d-0d5f6a1f6a11',
    endedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1,
    peakScore: 1,
    peakPeople: 0
  }
}
const event: RecordBody = { kind: 'event', code: 'ipc-refused', detail: '', count: 1 }
const pending = (handle: string, body: RecordBody): Pending => ({
  handle,
  at: '2026-01-01T00:00:00.000Z',
  monoMs: 0,
  body
})
const drain = (backlog: Backlog): string[] => {
  const handles: string[] = []
  for (let next = backlog.peek(); next !== null; next = backlog.peek()) {
    handles.push(next.handle)
    backlog.shift()
  }
  return handles
}

describe('records that wait in memory', () => {
  it('go out alerts first, each kind in its order', () => {
    const backlog = new Backlog(1e6)
    for (const [handle, body] of [
      ['d1', desk],
      ['e1', event],
      ['a1', ended],
      ['d2', desk],
      ['a2', ended]
    ] as const) {
      backlog.add(pending(handle, body))
    }
    expect(drain(backlog)).toEqual(['a1', 'a2', 'e1', 'd1', 'd2'])
  })

  it('drop desk states before events and events before alerts, and count what they drop', () => {
    const backlog = new Backlog(1500)
    for (let n = 0; n < 6; n += 1) backlog.add(pending(`d${n}`, desk))
    for (let n = 0; n < 40; n += 1) backlog.add(pending(`a${n}`, ended))
    const left = drain(backlog)
    expect(left.every((handle) => handle.startsWith('a'))).toBe(true)
    expect(left.length + backlog.dropped).toBe(46)
  })

  it('lose nothing uncounted, whatever comes', () => {
    const kinds = fc.constantFrom(desk, ended, event)
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 100 }), fc.integer({ min: 200, max: 5000 }), (bodies, max) => {
        const backlog = new Backlog(max)
        bodies.forEach((body, n) => backlog.add(pending(String(n), body)))
        expect(drain(backlog).length + backlog.dropped).toBe(bodies.length)
      })
    )
  })
})
