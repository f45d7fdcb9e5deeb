import { parseArgs } from 'node:util'
import { openDisguises } from '../../test/applications/disguises'
import { Watched } from '../../test/applications/watch'
import { assertWritable, writeReport } from './report'

/**
 * D1: how long a program that is denied runs until the probe's own watch finds it, in each disguise, on the processes of
 * this machine.
 *
 *   npm run -s bench:applications -- [--runs N] [--json FILE]
 */
const { values } = parseArgs({
  options: { json: { type: 'string' }, runs: { type: 'string', default: '50' } }
})
const runs = Number(values.runs)
if (!(Number.isInteger(runs) && runs >= 1 && runs <= 1000)) throw new Error('--runs: 1 to 1000')

assertWritable(values.json)

/** A program that was not found by then was missed. */
const LIMIT_MS = 10_000
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

const disguises = openDisguises()
const watched = new Watched(disguises.policy)
while (watched.verdict === null) await wait(20)

const times = new Map<string, number[]>(disguises.names.map((name) => [name, []]))
let missed = 0
for (let run = 0; run < runs; run += 1) {
  // At any point between two looks.
  await wait(Math.random() * 750)
  await Promise.all(
    disguises.names.map(async (name) => {
      const child = await disguises.start(name)
      const from = performance.now()
      while (watched.foundAt(child.pid ?? 0) === undefined && performance.now() - from < LIMIT_MS)
        await wait(5)
      const at = watched.foundAt(child.pid ?? 0)
      if (at === undefined) missed += 1
      else times.get(name)?.push(Math.max(0, at - from))
      child.kill('SIGKILL')
    })
  )
}
watched.close()
disguises.close()

const round = (ms: number): number => Number(ms.toFixed(0))
const figures = (list: readonly number[]) => {
  const sorted = list.toSorted((one, other) => one - other)
  const at = (share: number): number =>
    round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN)
  return { p50: at(0.5), p95: at(0.95), worst: round(sorted.at(-1) ?? NaN), runs: sorted.length }
}
const results = {
  found_ms: figures([...times.values()].flat()),
  missed,
  processes: watched.verdict.evidence,
  by_disguise: Object.fromEntries([...times].map(([name, list]) => [name, figures(list)]))
}
writeReport('bench:applications', values.json, results)
