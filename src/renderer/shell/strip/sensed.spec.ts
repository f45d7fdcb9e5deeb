import { describe, expect, it } from 'vitest'
import type { ReasonView, ShellState } from '../../../contract/ipc/schema'
import type { Say } from '../../../ui/language'
import { translate } from '../../../ui/messages/translate'
import { sensedWords } from './sensed'

const say: Say = (key, ...values) => translate('en', key, ...values)

const at = '2026-11-21T14:02:00Z'
const shown: ShellState = {
  phase: 'signed-in',
  flavour: 'release',
  language: 'en',
  desk: 'shown',
  person: null,
  shiftSince: null,
  steps: [],
  reasons: [],
  warnings: [],
  camera: { state: 'live', label: 'c', width: 640, height: 480, fps: 30 },
  hub: { state: 'reachable', since: at },
  waiting: 0,
  applications: [],
  openApplication: null,
  checks: [],
  helpAsked: false
}
const phone: ReasonView = {
  rule: 'phone',
  since: at,
  people: 0,
  clearing: null,
  exitMs: 3000,
  response: 'warn',
  there: true,
  recorded: true
}
const words = (more: Partial<ShellState>): string => sensedWords({ ...shown, ...more }, 'en', say).words

describe('the words for what is sensed', () => {
  it('say who and what is in view only when a fresh answer says so', () => {
    expect(words({ sensed: { people: 1, phone: 'absent' } })).toBe('Camera on · 1 person · no phone seen')
    expect(words({ sensed: { people: null, phone: 'unknown' } })).toBe('Camera on')
    expect(words({})).toBe('Camera on · nothing seen that hides your screen')
    expect(words({ sensed: { people: 0, phone: 'present' } })).toBe('Camera on · nobody in view · phone seen')
  })

  it('claim nothing about the room unless the desk is shown: that alone is proof', () => {
    for (const desk of ['starting', 'hidden', 'signed-out'] as const) {
      expect(words({ desk, sensed: { people: 1, phone: 'absent' } })).toBe('Camera on · looking at the room')
    }
  })

  it('put a lost camera, a reason and a warning before all that is well', () => {
    const sensed = { people: 1, phone: 'absent' } as const
    const lost = { state: 'lost', reason: 'ended', detail: '' } as const
    expect(words({ sensed, camera: lost })).toBe('Camera off')
    expect(words({ sensed, warnings: [phone] })).toBe('Camera on · phone in view')
    expect(
      sensedWords({ ...shown, sensed, reasons: [{ ...phone, response: 'blank' }] }, 'en', say).state
    ).toBe('hidden')
    expect(words({ sensed, camera: { state: 'starting' } })).toBe('Camera starting')
  })
})
