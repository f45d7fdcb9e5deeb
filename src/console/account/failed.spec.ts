import { expect, test } from 'vitest'
import type { Words } from '../../ui/language'
import { HubFailure } from '../hub/failure'
import { accountFailure } from './failed'

const words = { language: 'en', say: (key: string) => key } as unknown as Words
const refused = (code: string) => new HubFailure({ kind: 'refused', status: 409, code })

test('a refusal is said as its place says it, never as that of another place', () => {
  const reasons = { conflict: 'account.failed.lastApp' } as const
  expect(accountFailure(words, refused('conflict'), reasons)).toBe('account.failed.lastApp')
  expect(accountFailure(words, refused('conflict'))).toMatch(/console\.failure\.refused/)
  expect(accountFailure(words, refused('bad-request'), reasons)).toMatch(/console\.failure\.refused/)
  expect(accountFailure(words, refused('sign-in-again'), reasons)).toBe('account.failed.again')
})

test('only what the browser itself refused is about a passkey, not a hub that is away', () => {
  const away = new HubFailure({ kind: 'unreachable' })
  expect(accountFailure(words, away)).toMatch(/console\.failure\.unreachable/)
  expect(accountFailure(words, new DOMException('', 'NotAllowedError'))).toBe('account.failed.passkey')
  expect(accountFailure(words, new DOMException('', 'InvalidStateError'))).toBe(
    'account.failed.passkey.inUse'
  )
})
