import { expect, test } from 'vitest'
import { alertOf, tileOf } from '../../../e2e/console/rows'
import type { Words } from '../../ui/language'
import { translate, type Language } from '../../ui/messages/translate'
import { clockTime } from '../../ui/time'
import { alertSentence, deskSentence, stateOfTile, wordOfTile } from './words'

const words = (language: Language): Words => ({
  language,
  say: (key, ...values) => translate(language, key, ...values)
})
const raisedAt = '2026-01-05T14:02:00.000Z'
const clock = clockTime('en', raisedAt)
const desk = tileOf(3, { state: 'hidden', reasons: ['phone'], since: raisedAt })

test('a hidden desk is said in one plain sentence', () => {
  expect(deskSentence(words('en'), desk)).toBe(`Demo Advocate 3: hidden since ${clock}, phone in view.`)
  expect(deskSentence(words('es'), desk)).toBe(
    `Demo Advocate 3: pantalla oculta desde las ${clock}, teléfono a la vista.`
  )
})

test('F5: a desk that was copied, shut out or not proven is named for that, whatever it said last', () => {
  const of = (trust: 'quarantined' | 'revoked' | 'unproven') =>
    tileOf(3, { state: 'unknown', reasons: [], since: raisedAt, trust })
  expect(wordOfTile(words('en'), of('quarantined'))).toBe('Copied')
  expect(stateOfTile(of('quarantined'))).toBe('act-now')
  expect(deskSentence(words('en'), of('quarantined'))).toContain('a second computer signs in as this one')
  expect(wordOfTile(words('en'), of('revoked'))).toBe('Shut out')
  expect(stateOfTile(of('revoked'))).toBe('off')
  expect(wordOfTile(words('en'), of('unproven'))).toBe('Not proven')
  expect(deskSentence(words('es'), of('unproven'))).toContain('no ha demostrado')
})

test('a call for help is never hidden behind a good state', () => {
  const asking = tileOf(3, { state: 'shown', reasons: ['help-asked'], since: raisedAt })
  expect(deskSentence(words('en'), asking)).toBe(`Demo Advocate 3: at work since ${clock}, asked for help.`)
  expect(stateOfTile(asking)).toBe('act-now')
  expect(wordOfTile(words('en'), asking)).toBe('Asks for help')
})

test('G5 a desk that works under an exception is never just well', () => {
  const excepted = tileOf(3, { state: 'shown', reasons: ['break-glass-used'], since: raisedAt })
  expect(stateOfTile(excepted)).toBe('attention')
  expect(wordOfTile(words('en'), excepted)).toBe('Under an exception')
  expect(deskSentence(words('en'), excepted)).toContain('works under an exception')
})

test('an alert says who, since when, what, and how often today', () => {
  const alert = alertOf(desk, { raisedAt, timesToday: 3 })
  expect(alertSentence(words('en'), alert)).toBe(
    `Demo Advocate 3: hidden since ${clock}, phone in view (third time today).`
  )
  const over = { ...alert, active: false, durationMs: 12_400, timesToday: 12 }
  expect(alertSentence(words('en'), over)).toBe(
    `Demo Advocate 3: was hidden from ${clock} for 12 s, phone in view (12 times today).`
  )
})

test('a desk with nobody signed in goes by its label', () => {
  const empty = tileOf(7, { person: null, state: 'signed-out', since: raisedAt })
  expect(deskSentence(words('en'), empty)).toBe(`desk-007: nobody signed in since ${clock}.`)
})
