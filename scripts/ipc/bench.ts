import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { observation, Served } from '../../test/ipc/served'

/** B4: one window floods, another speaks now and then. How long its messages wait, in this process, until handled. */
const { values } = parseArgs({
  options: { json: { type: 'string' }, seconds: { type: 'string', default: '10' } }
})
const seconds = Number(values.seconds)
if (!(seconds > 0 && seconds <= 600)) throw new Error('--seconds: 0 to 600')

const PER_MS = 10
const sent = new Map<number, number>()
const waits: number[] = []
const served = new Served(
  () => performance.now(),
  (call, argument) => {
    if (call !== 'sensor.observe') return
    const at = sent.get((argument as { readonly seq: number }).seq)
    if (at !== undefined) waits.push(performance.now() - at)
  }
)
const started = performance.now()
let flooded = 0
let seq = 0
const flood = setInterval(() => {
  const owed = Math.floor((performance.now() - started) * PER_MS)
  for (; flooded < owed; flooded += 1) served.say('shell', 'stripHeight', flooded % 2 === 0 ? 48 : 'high')
}, 1)
const looks = setInterval(() => {
  const number = (seq += 1)
  const at = performance.now()
  sent.set(number, at)
  // A message queues behind those of the flood: it is handled in a later turn.
  setImmediate(() => served.say('sensor', 'observe', observation(number)))
}, 66)
const period = setInterval(() => served.period(), 5000)

setTimeout(() => {
  for (const timer of [flood, looks, period]) clearInterval(timer)
  waits.sort((a, b) => a - b)
  const at = (share: number): number => Number((waits[Math.floor(waits.length * share)] ?? NaN).toFixed(2))
  const results = {
    flooded_per_s: Math.round(flooded / seconds),
    refused: served.refused,
    other_channel_ms: { p50: at(0.5), p99: at(0.99), max: at(0.999) },
    looks: waits.length,
    rss_mb: Math.round(process.memoryUsage().rss / 1024 / 1024)
  }
  const machine = { cpu: cpus()[0]?.model ?? '', cores: cpus().length }
  const report = { schema: 1, command: 'bench:ipc', at: new Date().toISOString(), machine, results }
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 1)}\n`)
  process.stdout.write(`${JSON.stringify(results, null, 1)}\n`)
}, seconds * 1000)
