import { expect, test } from 'vitest'
import { providerListSchema } from './config'

const good = {
  id: 'work',
  label: 'Work account',
  organisation: 'Demo Care',
  issuer: 'https://login.example',
  clientId: 'havendesk'
}

test('a whole provider is taken, and one on this machine over http', () => {
  expect(providerListSchema.safeParse([good]).success).toBe(true)
  expect(providerListSchema.safeParse([{ ...good, issuer: 'http://127.0.0.1:9' }]).success).toBe(true)
})

test.each([
  [{ ...good, issuer: 'http://login.example' }, 'issuer'],
  [{ ...good, issuer: 'login.example' }, 'issuer'],
  [{ ...good, id: 'Work Account' }, 'id'],
  [{ ...good, organisation: '' }, 'organisation'],
  [{ ...good, clientId: undefined }, 'clientId']
])('%j is refused by the name of its field', (wrong, field) => {
  const parsed = providerListSchema.safeParse([wrong])
  expect(parsed.error?.issues.map((issue) => issue.path)).toEqual([[0, field]])
})

test('two of the same id, and fields that nobody knows, are refused', () => {
  expect(providerListSchema.safeParse([good, good]).success).toBe(false)
  expect(providerListSchema.safeParse([{ ...good, skipVerification: true }]).success).toBe(false)
})
