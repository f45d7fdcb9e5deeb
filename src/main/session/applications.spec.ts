import { expect, test } from 'vitest'
import type { ApplicationsNews, ApplicationsOrder } from '../../contract/helper/applications'
import type { ApplicationsVerdict } from '../../core/application/judge'
import { applicationPolicySchema } from '../../core/application/policy'
import { Applications, followsFrom, mustWait, type ApplicationsStanding } from './applications'

function start() {
  const orders: ApplicationsOrder[] = []
  const told: ApplicationsStanding[] = []
  let now = 0
  const applications = new Applications({
    now: () => now,
    serviceSocket: '/a',
    main: 7,
    post: (order) => orders.push(order) > 0,
    changed: (standing) => told.push(standing)
  })
  return { applications, orders, told, pass: (ms: number) => (now += ms) }
}
const blanks = applicationPolicySchema.parse({ response: 'blank' })
const well: ApplicationsVerdict = { state: 'pass', evidence: 'none', found: [], unread: 0 }
const bad: ApplicationsVerdict = {
  state: 'fail',
  evidence: 'OBS Studio',
  found: [
    { key: '7:1', title: 'OBS Studio', file: 'obs', response: 'blank', disguised: false, closable: true }
  ],
  unread: 0
}
const news = (order: number, verdict: ApplicationsVerdict): ApplicationsNews => ({
  kind: 'applications',
  order,
  verdict,
  stubborn: []
})

test('D2 nothing is shown before it is known what runs, where a program can hide the desk', () => {
  const { applications } = start()
  applications.expect(blanks)
  expect(mustWait(applications.standing)).toBe(true)
  applications.heard(news(1, well))
  expect(mustWait(applications.standing)).toBe(false)
  expect(mustWait(null)).toBe(false)
  expect(mustWait({ policy: applicationPolicySchema.parse({}), verdict: null, stubborn: [] })).toBe(false)
})

test('D2 silence of the process that looks is unknown, and what it found stays found', () => {
  const { applications, pass } = start()
  applications.expect(blanks)
  applications.heard(news(1, bad))
  expect(followsFrom(applications.standing)).toMatchObject({ denied: true, unknown: false })
  pass(7000)
  applications.look()
  expect(applications.standing?.verdict?.state).toBe('stale')
  expect(followsFrom(applications.standing)).toMatchObject({ denied: true, unknown: true })
})

test('D8 an answer to an earlier order counts for nothing', () => {
  const { applications, orders } = start()
  applications.expect(blanks)
  applications.again()
  applications.heard(news(1, well))
  expect(applications.standing?.verdict).toBeNull()
  applications.heard(news(2, well))
  expect(applications.standing?.verdict?.state).toBe('pass')
  expect(orders.map(({ order }) => order)).toEqual([1, 2])
})

test('a policy that asks for nothing ends it', () => {
  const { applications, orders } = start()
  applications.expect(blanks)
  applications.heard(news(1, bad))
  applications.expect(undefined)
  expect(applications.standing).toBeNull()
  expect(followsFrom(null)).toEqual({ denied: false, warned: false, noted: false, unknown: false })
  expect(orders.at(-1)?.policy).toBeNull()
})
