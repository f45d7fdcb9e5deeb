import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import type { FromCourier } from '../../contract/helper/courier'
import type { HubClient } from './hub/hub-client'
import type { OfflineAnswer } from './offline/door'
import { Session, type SessionOptions } from './session'
import type { SignInRefusal } from './sign-in'

/** A session whose hub answers yes to everything, as soon as the test lets it. */
function setUp() {
  const said: FromCourier[] = []
  const asked: string[] = []
  const at: { refusal: SignInRefusal | null; away: boolean; door: OfflineAnswer } = {
    refusal: null,
    away: false,
    door: { kind: 'in', person: { id: randomUUID(), name: 'Demo Advocate 1' }, confirmedMsAgo: 60_000 }
  }
  let answer = (): void => undefined
  const client = {
    isAuthorized: true,
    call: ({ path }: { path: string }) => {
      asked.push(path)
      if (path.endsWith('accommodations'))
        return Promise.resolve({ kind: 'ok', value: { accommodations: [] } })
      if (path.endsWith('sign-out')) return Promise.resolve({ kind: 'ok', value: {} })
      const value = { v: 1, session: randomUUID(), person: { id: randomUUID(), name: 'Demo Advocate 1' } }
      return new Promise((resolve) => {
        answer = () =>
          resolve(at.away ? { kind: 'unreachable', problem: 'ECONNREFUSED' } : { kind: 'ok', value })
      })
    }
  } as unknown as HubClient
  const door = {
    remember: () => Promise.resolve(),
    contradicted: () => Promise.resolve(),
    signIn: () => Promise.resolve(at.door)
  } satisfies SessionOptions['door']
  const session = new Session({
    client,
    sender: { flavour: 'test', build: '0.1.0' },
    post: (message) => said.push(message),
    attest: () => Promise.resolve({ kind: 'attested' }),
    changed: () => undefined,
    refusal: () => at.refusal,
    door,
    now: () => 0
  })
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

describe('D13 F8 without the hub', () => {
  test('a workstation that is not refused lets in whom its door knows, and the session waits to be told', async () => {
    const { session, said, at, signIn, answer } = setUp()
    at.away = true
    const signing = signIn()
    answer()
    await signing
    expect(said).toMatchObject([{ kind: 'signed-in', session: null, offline: { confirmedMsAgo: 60_000 } }])
    expect([session.person, session.untold?.since]).toEqual([null, '1970-01-01T00:00:00.000Z'])
  })

  test('one that is refused while the door looks at the password lets nobody in', async () => {
    const { session, said, at, signIn, answer } = setUp()
    at.away = true
    const signing = signIn()
    at.refusal = 'not-attested'
    answer()
    await signing
    expect(said).toEqual([{ kind: 'sign-in-refused', handle: 'a', reason: 'not-attested' }])
    expect(session.untold).toBeNull()
  })

  test('a session that was taken over asks for what its person may do otherwise; one that has ended is ended at the hub', async () => {
    const { session, asked, at, signIn, answer } = setUp()
    at.away = true
    const signing = signIn()
    answer()
    await signing
    session.told('s1')
    expect(asked.at(-1)).toMatch(/accommodations$/)
    expect(session.person).not.toBeNull()
    await session.signOut()
    session.told('s2')
    expect(asked.slice(-2)).toEqual(['/device/v1/sign-out', '/device/v1/sign-out'])
  })
})
