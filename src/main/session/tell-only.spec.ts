import { describe, expect, it, vi } from 'vitest'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import { verifyEd25519 } from '../policy/verify'
import { Desk } from './desk'
import { TellOnly } from './tell-only'

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const at = '2026-01-01T00:00:00.000Z'

function start() {
  const sent: ToCourier[] = []
  const reveal = vi.fn()
  const desk = new Desk({
    flavour: 'test',
    clock: { now: () => 1, label: () => at },
    hands: { blank: () => undefined, reveal, showSignIn: () => undefined },
    log: quiet,
    verify: verifyEd25519,
    policyChanged: () => undefined,
    openApplication: () => undefined,
    changed: () => undefined,
    lookAgain: () => undefined,
    restartSensor: () => undefined
  })
  const link = new TellOnly({ desk, post: (message) => sent.push(message) > 0 })
  return { desk, link, sent, reveal }
}

const ready = { kind: 'ready', device: '', organisation: 'Demo Care', team: 'Claims' } as FromCourier

describe('A4 the line of a start that is not allowed', () => {
  it('tells the hub with an alert and the names, once the courier is ready', () => {
    const { link, sent } = start()
    link.raise(['--inspect', 'LD_PRELOAD'], at)
    expect(sent).toEqual([])
    link.receive(ready)
    expect(sent).toMatchObject([
      { kind: 'record', body: { kind: 'alert-raised', alert: { rule: 'unsafe-start', severity: 'act' } } },
      {
        kind: 'record',
        body: { kind: 'event', code: 'unsafe-start', detail: '--inspect LD_PRELOAD', count: 2 }
      }
    ])
  })

  it('takes nothing in: no policy comes into force and nobody is signed in', () => {
    const { desk, link, reveal } = start()
    link.receive(ready)
    link.receive({ kind: 'signed-in', handle: 'x', session: '', person: { id: '', name: 'Ana' } })
    link.receive({ kind: 'hub', state: 'reachable', problem: '' })
    expect(desk.facts.policy).toBeNull()
    expect(desk.state.person).toBeNull()
    expect(reveal).not.toHaveBeenCalled()
  })
})
