import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { percentile, spread } from './figures'
import { certificateForLoopback } from './proxy/certificate'
import { openPage } from './proxy/page'
import { direct, directSecure, proxied, proxiedSecure, type Way } from './proxy/way'
import { openBrowser } from '../stack/console'
import { holdTo } from './promised'
import { assertWritable, writeReport } from './report'

/**
 * What the workspace's proxy costs beside a direct connection, in one run on loopback: site, proxy and reader are a
 * process each. Direct and proxied take turns, so that what else the machine does meets both.
 *
 *   npm run -s bench:proxy -- [--rounds N] [--mb N] [--requests N] [--json FILE]
 *
 * `secure` is a tunnel with TLS inside, as sites of a workspace have; `plain` is a request in absolute form. What a
 * program reads that does nothing else is `mb_per_s`; `page` is what a page in a real browser reads.
 */
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    rounds: { type: 'string', default: '12' },
    mb: { type: 'string', default: '64' },
    requests: { type: 'string', default: '500' }
  }
})
const whole = (name: 'rounds' | 'mb' | 'requests', most: number): number => {
  const number = Number(values[name])
  if (Number.isInteger(number) && number >= 1 && number <= most) return number
  throw new Error(`--${name}: a whole number from 1 to ${String(most)}`)
}
const [rounds, megabytes, requests] = [whole('rounds', 1000), whole('mb', 1024), whole('requests', 100_000)]
assertWritable(values.json)

const children: ChildProcess[] = []
/** Starts a program of the bench, tells it what it waits for, and gives what it tells. */
async function start<Told>(name: string, word: unknown): Promise<Told> {
  const child = fork(join(import.meta.dirname, 'proxy', `${name}.ts`), { stdio: 'inherit' })
  children.push(child)
  return await new Promise((told, fail) => {
    child.once('message', (message) => told(message as Told))
    child.once('exit', (code) => fail(new Error(`${name} ended with ${String(code)}`)))
    child.send(word as object)
  })
}

/** Parts that a big body is read in, at the same time: some of what a page asks for at once. */
const AT_ONCE = 4
const MB = 1024 * 1024

const part = Math.ceil((megabytes * MB) / AT_ONCE)

/** Megabytes a second of one big read. */
async function speedOf(way: Way): Promise<number> {
  const from = performance.now()
  const read = await Promise.all(Array.from({ length: AT_ONCE }, () => way.get(`/bytes/${String(part)}`)))
  const seconds = (performance.now() - from) / 1000
  if (read.some((bytes) => bytes !== part)) throw new Error('a body came short')
  return (part * AT_ONCE) / MB / seconds
}

async function timeOf(way: Way): Promise<number> {
  const from = performance.now()
  await way.get('/bytes/1024')
  return performance.now() - from
}

interface Pair {
  readonly direct: Way
  readonly proxied: Way
}

/** Reads by both, in turns; each reading gives megabytes a second. */
async function throughput(read: Readonly<Record<'direct' | 'proxied', () => Promise<number>>>) {
  const speeds: { direct: number; proxied: number }[] = []
  await read.direct() // warms both
  await read.proxied()
  for (let round = 0; round < rounds; round += 1) {
    const first = round % 2 === 0
    const one = await (first ? read.direct() : read.proxied())
    const other = await (first ? read.proxied() : read.direct())
    speeds.push(first ? { direct: one, proxied: other } : { direct: other, proxied: one })
  }
  const at = (side: 'direct' | 'proxied'): number | null =>
    percentile(
      speeds.map((one) => one[side]),
      0.5
    )
  const ratios = speeds.map((one) => one.proxied / one.direct).toSorted((a, b) => a - b)
  return {
    mb_per_s: { direct: at('direct'), proxied: at('proxied') },
    ratio: Number((ratios[Math.floor(ratios.length / 2)] ?? NaN).toFixed(2))
  }
}

async function compare(open: () => Pair) {
  const held = open()
  const speeds = await throughput({
    direct: () => speedOf(held.direct),
    proxied: () => speedOf(held.proxied)
  })
  const kept = await added(() => held, requests, false)
  held.direct.close()
  held.proxied.close()
  const fresh = await added(open, Math.ceil(requests / 5), true)
  return { ...speeds, added_ms: { kept_connection: kept, new_connection: fresh } }
}

/** What a page reads, straight and by the proxy. */
async function comparePages(site: string, proxy: number) {
  const browser = await openBrowser()
  try {
    const [straight, through] = [await openPage(browser, site, null), await openPage(browser, site, proxy)]
    const mbPerS = async (way: typeof straight): Promise<number> =>
      (part * AT_ONCE) / MB / ((await way.read(AT_ONCE, part)) / 1000)
    return await throughput({ direct: () => mbPerS(straight), proxied: () => mbPerS(through) })
  } finally {
    await browser.close()
  }
}

/** How much longer small requests take by the proxy: each beside a direct one. */
async function added(open: () => Pair, count: number, close: boolean) {
  const [more, straight, through]: [number[], number[], number[]] = [[], [], []]
  for (let number = 0; number < count; number += 1) {
    const ways = open()
    const proxiedFirst = number % 2 === 0
    const one = await timeOf(proxiedFirst ? ways.proxied : ways.direct)
    const other = await timeOf(proxiedFirst ? ways.direct : ways.proxied)
    const [proxiedMs, directMs] = proxiedFirst ? [one, other] : [other, one]
    more.push(proxiedMs - directMs)
    straight.push(directMs)
    through.push(proxiedMs)
    if (close) for (const way of Object.values(ways) as Way[]) way.close()
  }
  return { ...spread(more), direct: spread(straight), proxied: spread(through) }
}

try {
  const { ca, certificate, key } = await certificateForLoopback()
  const site = await start<{ http: number; https: number }>('site', { key, cert: certificate })
  const list = [site.http, site.https].map((port) => `127.0.0.1:${String(port)}`)
  const { port } = await start<{ port: number }>('proxy', list)
  const secure = await compare(() => ({
    direct: directSecure(site.https, ca),
    proxied: proxiedSecure(site.https, port, ca)
  }))
  const plain = await compare(() => ({ direct: direct(site.http), proxied: proxied(site.http, port) }))
  const page = {
    secure: await comparePages(`https://127.0.0.1:${String(site.https)}`, port),
    plain: await comparePages(`http://127.0.0.1:${String(site.http)}`, port)
  }
  writeReport('bench:proxy', values.json, { secure, plain, page, rounds, requests })
  for (const [way, { ratio, added_ms }] of Object.entries({ secure, plain })) {
    holdTo([
      {
        figure: `${way}: throughput of a page beside direct`,
        value: page[way as keyof typeof page].ratio,
        least: 0.8
      },
      { figure: `${way}: throughput beside direct`, value: ratio, least: 0.8 },
      { figure: `${way}: added on a new connection, p95, ms`, value: added_ms.new_connection.p95, most: 5 },
      { figure: `${way}: added on a kept connection, p95, ms`, value: added_ms.kept_connection.p95, most: 5 }
    ])
  }
} finally {
  for (const child of children) child.disconnect()
}
