import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { INSTRUCTIONS_PATH } from '../../../../src/contract/wire/v1/instruction'
import { json, type Lie } from '../../lying-hub'
import type { HostileCase, Surface } from '../case'
import { poll, type HostileScene } from '../scene'
import type { Workstation } from '../../workstation'

const asking =
  (change: object): (() => Lie) =>
  () =>
    json({
      v: 1,
      instructions: [
        { id: randomUUID(), kind: 'check', by: 'Demo Supervisor', at: new Date().toISOString(), ...change }
      ]
    })
const malformed = (what: string, field: string, change: object): HostileCase => ({
  what,
  lie: asking(change),
  record: `instructions: the reply is not the hub's (instructions.0.${field})`
})

/** Time passes before each: a true hub that wakes a desk several times in a row is no hub that wakes without end. */
function wake(station: Workstation, scene: HostileScene): Promise<void> {
  station.skipped += 5000
  return scene.wake(station.device)
}

/** What a hub says that somebody at the console asks of a desk. */
export const instructions: Surface = {
  path: INSTRUCTIONS_PATH,
  provoke: wake,
  cases: {
    'instructions.v': [
      {
        what: 'instructions of another version',
        lie: () => json({ v: 2, instructions: [] }),
        record: "instructions: the reply is not the hub's (v)"
      }
    ],
    'instructions.instructions[].id': [malformed('an instruction without a name', 'id', { id: 'it' })],
    'instructions.instructions[].kind': [
      malformed('an instruction that there is not', 'kind', { kind: 'reveal' }),
      {
        what: 'to unlock, where the signed policy does not let a hub',
        lie: asking({ kind: 'unlock' }),
        record: null,
        why: 'it is not done, and the desk records that it was asked and not allowed',
        then: (station) => expect.poll(() => station.outcomes.at(-1), poll).toBe('not-allowed')
      }
    ],
    'instructions.instructions[].by': [
      malformed('a name that no message takes', 'by', { by: 'x'.repeat(10_000) })
    ],
    'instructions.instructions[].at': [malformed('at no time', 'at', { at: 'yesterday' })],
    'instructions.instructions[].text': [
      malformed('a message without end', 'text', { kind: 'message', text: 'x'.repeat(10_000) })
    ]
  }
}
