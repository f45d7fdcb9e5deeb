import { gzipSync } from 'node:zlib'
import { expect } from 'vitest'
import { json, raw, type Lie } from '../../lying-hub'
import type { HostileCase, Surface } from '../case'
import { poll, type HostileScene } from '../scene'
import type { Workstation } from '../../workstation'

const answer =
  (status: number, headers: Record<string, string>, body: string | Buffer): Lie =>
  (response) => {
    response.writeHead(status, headers)
    response.end(body)
  }
const endless: Lie = (response) => {
  response.writeHead(200, { 'content-type': 'application/json' })
  const more = (): void => {
    while (!response.destroyed && response.write(' '.repeat(65_536)));
    if (!response.destroyed) response.once('drain', more)
  }
  more()
}
const isJson = { 'content-type': 'application/json' }
const empty = "sync: the reply is not the hub's ()"
const reply = {
  v: 1,
  ackBelow: 0,
  policyVersion: 2,
  models: [],
  serverTime: '2026-01-01T00:00:00.000Z',
  heartbeatMs: 500
}
/** Nothing lasts: what there is to tell reaches the true hub, when what the lie asked the desk to wait is over. */
const recovers = async (station: Workstation, { hub }: HostileScene): Promise<void> => {
  const { length } = hub.asked
  // A lie that was still on its way has the desk wait anew.
  const spoken = async (): Promise<unknown> => {
    station.skipped += 121_000
    await station.speak()
    await new Promise((resolve) => setTimeout(resolve, 500))
    return station.said.findLast(({ kind }) => kind === 'hub')
  }
  await expect.poll(spoken, poll).toMatchObject({ state: 'reachable' })
  expect(hub.asked.length).toBeGreaterThan(length)
}
const is = (
  what: string,
  lie: (scene: HostileScene) => Lie,
  record: string | { readonly why: string }
): HostileCase => ({
  what,
  lie,
  ...(typeof record === 'string' ? { record } : { record: null, why: record.why }),
  then: recovers
})

/** What HTTP can carry beside a body that is a reply. Each means has a case; there is no schema to derive them from. */
export const transport: Surface = {
  path: '/device/v1/sync',
  provoke: (station: Workstation) => station.speak(),
  cases: {
    redirect: [301, 302, 303, 307, 308].map((status) =>
      is(
        `redirect ${status}`,
        ({ elsewhere }) => answer(status, { location: elsewhere }, ''),
        `sync: HTTP ${status}`
      )
    ),
    'links and alternative services': [
      {
        what: 'sends elsewhere in headers',
        headers: ({ elsewhere }) => ({
          location: elsewhere,
          'content-location': elsewhere,
          'alt-svc': `h2="${elsewhere}"`,
          link: `<${elsewhere}>; rel=preload`,
          refresh: `0; url=${elsewhere}`
        }),
        record: null,
        why: 'no header sends a request elsewhere',
        then: recovers
      }
    ],
    cookie: [
      {
        what: 'sets a cookie',
        headers: () => ({ 'set-cookie': 'desk=open; Path=/' }),
        record: null,
        why: 'a cookie is never sent back',
        then: async (station, scene) => {
          await recovers(station, scene)
          expect(scene.hub.asked.filter(({ headers }) => headers.cookie !== undefined)).toEqual([])
        }
      }
    ],
    'no body': [is('no content', () => answer(204, {}, ''), empty)],
    'content type': [
      is(
        'JSON that says it is a page',
        () => answer(200, { 'content-type': 'text/html' }, JSON.stringify(reply)),
        empty
      )
    ],
    compression: [
      is(
        'a bomb of 20 MB in 20 KB',
        () => answer(200, { ...isJson, 'content-encoding': 'gzip' }, gzipSync(Buffer.alloc(20_000_000))),
        empty
      )
    ],
    'endless body': [is('a body without end', () => endless, 'sync: UND_ERR_RES_EXCEEDED_MAX_SIZE')],
    'slow body': [is('a body that drips', ({ hub }) => hub.drip, 'sync: no answer in time')],
    'cut body': [
      is(
        'a body that is cut',
        () => raw('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 500\r\n\r\n{'),
        'sync: UND_ERR_SOCKET'
      )
    ],
    headers: [
      is(
        'headers of 100 KB',
        () => raw(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(100_000)}\r\n\r\n`),
        'sync: UND_ERR_HEADERS_OVERFLOW'
      )
    ],
    upgrade: [
      is(
        'another protocol',
        () => raw('HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: desk\r\n\r\n'),
        'sync: another protocol'
      )
    ],
    'no HTTP': [is('no HTTP at all', () => raw('220 mail.example ESMTP\r\n'), 'sync: HTTPParserError')],
    'two lengths': [
      is(
        'two lengths of one body',
        () => raw('HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\n{}}'),
        'sync: UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
      )
    ],
    nonce: [
      is(
        'a nonce that no proof takes',
        () => json({ code: 'use-nonce', message: '' }, 401, { 'dpop-nonce': 'x'.repeat(5000) }),
        'sync: a nonce that is none'
      )
    ],
    date: [
      is(
        'another date',
        () => json({ code: 'bad-proof', message: '' }, 401, { date: 'Thu, 01 Jan 2099 00:00:00 GMT' }),
        { why: 'the date corrects the instant in proofs, and nothing else' }
      )
    ],
    'retry-after': [
      is(
        'come back in a year',
        () => json({ code: 'unavailable', message: '' }, 503, { 'retry-after': '999999' }),
        { why: 'the wait is bounded, and without a hub the grace runs' }
      )
    ]
  }
}
