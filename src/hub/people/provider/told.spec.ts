import { expect, test } from 'vitest'
import { refusedAt } from './told'

test.each([
  ['not-here', 'not-here'],
  ['state-unknown', 'too-late'],
  ['another-browser', 'too-late'],
  ['another-issuer', 'set-up'],
  ['organisation-unknown', 'set-up'],
  ['linked', 'linked'],
  ['a word of tomorrow', 'not-proven']
])(
  'a refusal that the record calls %s leads to the page of %s, and no other word reaches the address',
  (why, page) => {
    expect(refusedAt(why)).toBe(`/sign-in/refused?why=${page}`)
  }
)
