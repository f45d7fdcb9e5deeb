import { expect, test } from 'vitest'
import type { FromCourier } from '../../../contract/helper/courier'
import type { AttestOutcome } from '../attestation/attestor'
import { OfflineStanding, type OfflineStandingOptions } from './standing'

const UNTOLD = { kind: 'untold', person: 'ana', since: '2026-06-01T08:00:00.000Z' } as const
type Answer = Awaited<ReturnType<OfflineStandingOptions['client']['call']>>

/** A session that began without the hub, and a hub that gives one answer. */
function setUp(answer: unknown, attested: AttestOutcome | 'ends the session') {
  const seen: string[] = []
  const said: FromCourier[] = []
  const session: { untold: typeof UNTOLD | null; told: (id: string) => void } = {
    untold: UNTOLD,
    told: (id) => {
      session.untold = null
      seen.push(`told ${id}`)
    }
  }
  const door = {
    person: { id: 'ana', name: 'Ana' },
    confirmed: () => Promise.resolve(void seen.push('confirmed')),
    forget: () => Promise.resolve(void seen.push('forgotten')),
    timePassed: () => Promise.resolve()
  }
  const standing = new OfflineStanding({
    client: {
      isAuthorized: false,
      call: ({ path }: { readonly path: string }) => {
        seen.push(path)
        return Promise.resolve(answer as Answer)
      }
    } as OfflineStandingOptions['client'],
    sender: { flavour: 'test', build: '0.1.0' },
    clock: { monotonic: () => 0 },
    session,
    door,
    attest: () => {
      if (attested !== 'ends the session') return Promise.resolve(attested)
      session.untold = null
      return Promise.resolve({
        kind: 'refused',
        error: { code: 'bad-attestation', message: '' }
      } as AttestOutcome)
    },
    isHubThere: () => true,
    post: (message) => said.push(message)
  })
  const settled = async (): Promise<void> => {
    standing.ask()
    for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
  }
  return { seen, said, session, settled }
}

test('D13 a hub that is away ends nothing: the session stays, and whoever is known stays known', async () => {
  const { seen, said, session, settled } = setUp(
    { kind: 'unreachable', problem: 'ECONNREFUSED' },
    { kind: 'attested' }
  )
  await settled()
  expect([seen, said, session.untold]).toEqual([['/device/v1/offline'], [], UNTOLD])
})

test('F8 a session that ended because the workstation is not believed is not told to the hub', async () => {
  const { seen, said, settled } = setUp(
    { kind: 'ok', value: { standing: 'good', session: 's1' } },
    'ends the session'
  )
  await settled()
  expect([seen, said]).toEqual([[], []])
})

test('D13 a hub that is back takes the session over, or says no: then it is over, and nobody is known any more', async () => {
  const good = setUp({ kind: 'ok', value: { standing: 'good', session: 's1' } }, { kind: 'attested' })
  await good.settled()
  expect(good.seen).toEqual(['/device/v1/offline', 'told s1', 'confirmed'])
  const out = setUp({ kind: 'ok', value: { standing: 'out', session: null } }, { kind: 'attested' })
  await out.settled()
  expect(out.seen).toEqual(['/device/v1/offline', 'forgotten'])
  expect(out.said).toEqual([{ kind: 'session', person: null }])
})
