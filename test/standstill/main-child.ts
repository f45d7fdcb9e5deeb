import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { fromProbeSchema, type ToProbe } from '../../src/contract/helper/probe'
import { fitnessOf, type Standing } from '../../src/core/check/posture'
import { checkRulesSchema } from '../../src/core/policy/checks'
import { systemClock } from '../../src/main/session/clock'
import { Posture } from '../../src/main/session/posture'
import { ProbeOrders } from '../../src/main/session/probe-orders'

/**
 * Main's part of posture as a process: the real posture on the real clock, the real orders, and the probe as a process
 * beside it. Says each change as a line of JSON, as `Told` in `standstill.itest.ts`.
 */
const rules = checkRulesSchema.parse({ firewall: { enforcement: 'block', maxAgeMs: 3_600_000 } })
const probe = fork(fileURLToPath(new URL('probe-child.ts', import.meta.url)), {
  execArgv: ['--import', 'tsx']
})
const orders = new ProbeOrders({
  post: (order: ToProbe) => probe.send(order),
  serviceSocket: '',
  rules: () => rules,
  applications: () => null,
  everyMs: 20 // often, so that answers are on their way at any moment
})
const say = (standings: readonly Standing[]): void => {
  const { unfit } = fitnessOf(standings)
  const firewall = standings.find(({ id }) => id === 'firewall')
  process.stdout.write(`${JSON.stringify({ unfit, state: firewall?.state, evidence: firewall?.evidence })}\n`)
}
const posture = new Posture({
  now: systemClock.now,
  rules: () => rules,
  changed: say,
  lookAgain: () => orders.give()
})
probe.on('message', (message) => {
  const news = fromProbeSchema.parse(message)
  if (news.kind === 'checks' && orders.answers(news)) posture.hear(news.checks)
})
setInterval(() => posture.look(), 100)
orders.give()
