import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { BlankState, ReasonView } from '../../contract/ipc/schema'
import { ruleIdSchema, type RuleId } from '../../core/judgement/rule'
import { catalogue } from '../../ui/messages/catalogue'
import { viewOf } from './view'

const reason = (rule: RuleId, more: Partial<ReasonView> = {}): ReasonView => ({
  rule,
  since: '2026-11-21T14:02:00Z',
  people: 0,
  clearing: null,
  exitMs: 3000,
  response: 'blank',
  there: true,
  recorded: false,
  ...more
})
const state = (reasons: ReasonView[], more: Partial<BlankState> = {}): BlankState => ({
  language: 'en',
  desk: 'hidden',
  reasons,
  recorded: false,
  helpAsked: false,
  unfit: [],
  flavour: 'release',
  ...more
})

const page = readFileSync('src/renderer/blank/index.html', 'utf8').replace(/\s+/g, ' ')

describe('the words of the blank page', () => {
  it('stand in the page itself as the catalogue has them, for the first paint and for no script', () => {
    for (const key of ['blank.hidden', 'blank.no-script'] as const) {
      expect(page).toContain(catalogue[key].en)
      expect(page).toContain(catalogue[key].es)
    }
  })

  it('name every rule, in both languages, while it holds and while it clears', () => {
    for (const rule of ruleIdSchema.options) {
      for (const language of ['en', 'es'] as const) {
        for (const clearing of [null, { leftMs: 100, totalMs: 3000 }]) {
          const view = viewOf(state([reason(rule, { clearing })], { language }))
          expect(page).toContain(`id="icon-${view.icon}"`)
          expect(view.seen).not.toBe('')
          expect(view.clears).not.toBe('')
        }
      }
    }
  })

  it('put first what must be put right first, and list the others', () => {
    const view = viewOf(state([reason('book'), reason('phone'), reason('camera-lost')]))
    expect(view.icon).toBe('camera-lost')
    expect(view.also).toBe('Also: phone in view, book or notebook in view')
  })

  it('never promise the screen while one reason is still there', () => {
    const clearing = { leftMs: 500, totalMs: 3000 }
    const view = viewOf(state([reason('second-person', { clearing }), reason('book')]))
    expect(view.icon).toBe('book')
    expect(view.clearing).toBeNull()
  })

  it('follow the slowest reason while all of them clear', () => {
    const view = viewOf(
      state([
        reason('phone', { clearing: { leftMs: 500, totalMs: 3000 } }),
        reason('book', { clearing: { leftMs: 2500, totalMs: 3000 } })
      ])
    )
    expect(view.clearing?.leftMs).toBe(2500)
  })

  it('say recorded only once it is, and since the oldest reason', () => {
    const reasons = [reason('phone', { since: '2026-11-21T14:05:00Z' }), reason('book')]
    expect(viewOf(state(reasons)).recorded).toBe('')
    expect(viewOf(state(reasons, { recorded: true })).recorded).toBe('Recorded for your supervisor')
    expect(viewOf(state(reasons)).since).toMatch(/^Hidden since \d\d:02$/)
  })

  it('leave out what only warns', () => {
    expect(viewOf(state([reason('book', { response: 'warn' })])).seen).toBe('Your screen is hidden.')
  })

  it('say of a lock that a person opens it, and what was seen', () => {
    const lock = reason('phone', { response: 'lock' })
    const view = viewOf(state([reason('camera-lost'), lock]))
    expect(view).toMatchObject({ icon: 'locked', seen: 'Your screen is locked.', clearing: null })
    expect(view.also).toBe('Now: camera lost, phone in view')
    expect(viewOf(state([{ ...lock, there: false }])).also).toBe('Last seen: phone in view')
    expect(page).toContain('id="icon-locked"')
  })

  it('say hidden for a desk that is shown: the next blank paints these words first', () => {
    expect(viewOf(state([], { desk: 'shown' })).seen).toBe('Your screen is hidden.')
  })
})
