import { describe, expect, it, vi } from 'vitest'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { Verdict } from '../../core/judgement/rule'
import { ComplianceLoop } from './compliance-loop'

const clear: Verdict = { findings: [], complete: true }
const phone: Verdict = {
  findings: [
    {
      rule: 'phone',
      response: 'blank',
      since: 40,
      openedAt: 40,
      count: 1,
      heldBeforeMs: 0,
      peakScore: 0.9,
      peakCount: 0,
      clearsAt: null
    }
  ],
  complete: true
}
const person = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Demo Advocate 1' }

function setUp() {
  const done: string[] = []
  const records: RecordBody[] = []
  const hands = {
    blank: vi.fn(() => void done.push('blank')),
    reveal: vi.fn(() => void done.push('reveal')),
    showSignIn: vi.fn(() => void done.push('show-sign-in'))
  }
  const fault = vi.fn()
  let id = 0
  const loop = new ComplianceLoop({
    hands,
    record: (body) => {
      done.push(body.kind)
      records.push(body)
      return `handle-${String(records.length)}`
    },
    labels: () => ({ model: 'test', policyVersion: 3 }),
    clock: { now: () => 100, label: (at) => new Date(at).toISOString() },
    newId: () => `b3f0c7a6-0000-4000-8000-00000000000${String(id++)}`,
    changed: () => void done.push('changed'),
    fault
  })
  const show = (): void => {
    loop.dispatch({ kind: 'policy-in-force' })
    loop.dispatch({ kind: 'signed-in', person })
    loop.dispatch({ kind: 'judged', verdict: clear })
    done.length = 0
    records.length = 0
  }
  return { loop, hands, fault, done, records, show }
}

describe('ComplianceLoop', () => {
  it('covered because of a fault while nobody is signed in, it finds its way back to the sign-in', () => {
    const { loop, done } = setUp()
    loop.dispatch({ kind: 'policy-in-force' })
    done.length = 0
    loop.cover()
    loop.dispatch({ kind: 'judged', verdict: clear })
    expect(done.slice(0, 2)).toEqual(['blank', 'show-sign-in'])
    expect(loop.state.desk).toBe('signed-out')
  })

  it('covers first, tells second, publishes last, all in one turn', () => {
    const { loop, done, records, show } = setUp()
    show()
    loop.dispatch({ kind: 'judged', verdict: phone })
    expect(done).toEqual(['blank', 'alert-raised', 'desk', 'changed'])
    expect(records[0]).toMatchObject({
      kind: 'alert-raised',
      alert: {
        rule: 'phone',
        severity: 'attention',
        hidden: true,
        policyVersion: 3,
        raisedAt: '1970-01-01T00:00:00.040Z'
      }
    })
  })

  it('knows under which handle an alert went to the outbox', () => {
    const { loop, show } = setUp()
    show()
    loop.dispatch({ kind: 'judged', verdict: phone })
    const alertId = loop.state.reasons[0]?.alertId ?? ''
    expect(loop.handleOf(alertId)).toMatch(/^handle-/)
    loop.dispatch({ kind: 'judged', verdict: clear })
    expect(loop.handleOf(alertId)).toBeUndefined()
  })

  it('covers when a bug throws in the middle, and is shown again only by new proof', () => {
    const { loop, hands, fault, show } = setUp()
    show()
    hands.blank.mockClear()
    loop.dispatch({ kind: 'judged', verdict: null as unknown as Verdict })
    expect(fault).toHaveBeenCalledOnce()
    expect(hands.blank).toHaveBeenCalledOnce()
    expect(loop.state.desk).toBe('starting')
    hands.reveal.mockClear()
    loop.dispatch({ kind: 'judged', verdict: clear })
    expect(hands.reveal).toHaveBeenCalledOnce()
  })
})
