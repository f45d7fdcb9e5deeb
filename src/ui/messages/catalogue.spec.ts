import { IntlMessageFormat } from 'intl-messageformat'
import { describe, expect, test } from 'vitest'
import { ruleIdSchema } from '../../core/judgement/rule'
import { areas, catalogue, type MessageKey } from './catalogue'
import { languages } from './message'
import { translate } from './translate'

type Element = ReturnType<IntlMessageFormat['getAst']>[number]

/** Every placeholder of a text, those in the branches of a plural too. */
function placeholders(elements: readonly Element[]): readonly string[] {
  return elements.flatMap((element) => {
    if ('options' in element) {
      const branches = Object.values(element.options).flatMap((option) => placeholders(option.value))
      return [element.value, ...branches]
    }
    // Type 0 is literal text, type 7 the `#` of a plural.
    const type: number = element.type
    return type === 0 || type === 7 ? [] : [(element as { value: string }).value]
  })
}

const namesIn = (text: string): readonly string[] =>
  [
    ...new Set(placeholders(new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true }).getAst()))
  ].sort()

const entries = Object.entries(catalogue)

describe('the message catalogue', () => {
  test('has every text in every language, none of them blank', () => {
    for (const [key, message] of entries) {
      expect(Object.keys(message).sort(), key).toEqual([...languages].sort())
      for (const language of languages) {
        expect(message[language].trim().length, `${key} (${language})`).toBeGreaterThan(0)
        expect(message[language], `${key} (${language}) has no space at its ends`).toBe(
          message[language].trim()
        )
      }
    }
  })

  test('has the same placeholders in both languages', () => {
    for (const [key, message] of entries) expect(namesIn(message.es), key).toEqual(namesIn(message.en))
  })

  test('never raises its voice', () => {
    for (const [key, message] of entries) {
      expect(`${message.en}${message.es}`, key).not.toMatch(/[!¡]/)
      expect(`${message.en}${message.es}`, key).not.toMatch(/violation|unauthori[sz]ed|denied/i)
    }
  })

  test('claims no key twice', () => {
    const claimed = Object.values(areas).flatMap((area) => Object.keys(area))
    expect(new Set(claimed).size).toBe(claimed.length)
  })

  test('has words for every rule', () => {
    for (const rule of ruleIdSchema.options) {
      for (const part of ['title', 'short', 'seen', 'clears']) {
        expect(catalogue, `rule.${rule}.${part}`).toHaveProperty([`rule.${rule}.${part}`])
      }
    }
  })

  test('fills placeholders and counts in both languages', () => {
    expect(translate('en', 'rule.phone.clears', { seconds: 3 })).toContain('for 3 seconds.')
    expect(translate('es', 'rule.phone.clears', { seconds: 1 })).toContain('1 segundo.')
    expect(() => translate('en', 'since.at', {} as { time: string })).toThrow()
    expect(translate('en', 'common.retry' satisfies MessageKey)).toBe('Try again')
  })
})
