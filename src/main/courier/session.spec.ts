import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { FromCourier } from '../../contract/helper/courier'
import type { HubClient } from './hub/hub-client'
import { Session } from './session'
import type { SignInRefusal } from './sign-in'

/** A session whose hub answers yes to everything, as soon as the test lets it. */
function setUp() {
  const said: FromCourier[] = []
  const asked: string[] = []
  const at: { refusal: SignInRefusal | null } = { refusal: null }
  let answer = (): void => undefined
  const client = {
    isAuthorized: true,
    call: ({ path }: { path: string }) => {
      asked.push(path)
      if (path.endsWith('sign-out')) return Promise.resolve({ kind: 'ok', value: {} })
      const value = { v: 1, session: randomUUID(), person: { id: randomUUID(), name: 'Demo Advocate 1' } }
      return new Promise((resolve) => (answer = () => resolve({ kind: 'ok', value })))
    }
  } as unknown as HubClient
  const session = new Session(
    client,
    { flavour: 'test', build: '0.1.0' },
    (message) => said.push(message),
    () => Promise.resolve({ kind: 'attested' }),
    () => undefined,
    () => at.refusal
  )
  const signIn = () => session.signIn({ kind: 'sign-in', handle: 'a', email: 'a@b.example', password: 'x' })
  return { session, said, asked, at, signIn, answer: () => answer() }
}

test('F8: a sign-in that was on its way when the workstation was refused signs nobody in, and is ended at the hub', async () => {
  const { session, said, asked, at, signIn, answer } = setUp()
  const signing = signIn()
  at.refusal = 'not-attested'
  answer()
  await signing
  expect(said).toEqual([{ kind: 'sign-in-refused', handle: 'a', reason: 'not-attested' }])
  expect(session.person).toBeNull()
  expect(asked).toEqual(['/device/v1/sign-in', '/device/v1/sign-out'])
})

test('F8: while the workstation is refused, the hub is not asked', async () => {
  const { said, asked, at, signIn } = setUp()
  at.refusal = 'quarantined'
  await signIn()
  expect(said).toMatchObject([{ kind: 'sign-in-refused', reason: 'quarantined' }])
  expect(asked).toEqual([])
})

test('a workstation that is not refused signs in whom the hub names', async () => {
  const { session, said, signIn, answer } = setUp()
  const signing = signIn()
  answer()
  await signing
  expect(said).toMatchObject([{ kind: 'signed-in', person: { name: 'Demo Advocate 1' } }])
  expect(session.person).not.toBeNull()
})
