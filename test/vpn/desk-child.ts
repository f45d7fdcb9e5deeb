import { readFileSync } from 'node:fs'
import { request } from 'node:http'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { readLook } from '../observations/read-look'
import { policySchema } from '../../src/core/policy/policy'
import type { VpnPolicy } from '../../src/core/policy/vpn'
import { chooseDevice } from '../../src/device/choose'
import { Proxy } from '../../src/main/proxy/proxy'
import { TunnelWatch } from '../../src/main/probe/tunnel/tunnel-watch'
import { verifyEd25519 } from '../../src/main/policy/verify'
import { systemClock } from '../../src/main/session/clock'
import { Desk } from '../../src/main/session/desk'
import { Reach } from '../../src/main/session/reach'
import { createPolicyKey, signPolicy } from '../../src/provision/index'
import { machineKnowledge } from '../../src/service/knowledge'
import { Service } from '../../src/service/server'

/**
 * A desk without windows and camera inside a network namespace: the real service, the real tunnel watch, the real proxy,
 * and the real desk under a signed policy, joined as main joins them. It says what changes, a line of JSON each; a line
 * on its input is done: `{"get": url}` asks through the proxy, `{"policy": {...}}` signs another policy for it.
 */
const folder = process.argv[2] ?? ''
const start = z
  .looseObject({ policy: policySchema })
  .parse(JSON.parse(readFileSync(join(folder, 'desk.json'), 'utf8')))

const say = (fact: object): void => {
  process.stdout.write(`${JSON.stringify(fact)}\n`)
}
const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined, for: () => quiet }
const device = chooseDevice()
const { platform } = device

const socket = join(folder, 'service', 'service.sock')
const service = new Service({
  config: { socket, allowed: { uids: [0], sids: [] }, shared: false },
  platform,
  knowledge: machineKnowledge(platform, () => 1),
  log: () => undefined
})
await service.listen()

const proxy = new Proxy({ refused: () => undefined, connectMs: 3000 })
const port = await proxy.listen()

let told = ''
const desk: Desk = new Desk({
  flavour: 'test',
  clock: systemClock,
  hands: {
    blank: () => say({ screen: 'covered' }),
    reveal: () => say({ screen: 'shown' }),
    showSignIn: () => undefined
  },
  log: quiet,
  verify: verifyEd25519,
  policyChanged: () => reach.settle(),
  alsoLook: () => reach.look(),
  openApplication: () => undefined,
  changed: () => {
    const verdict = desk.facts.vpn?.verdict ?? null
    const text = JSON.stringify({
      vpn: verdict?.state ?? null,
      cause: verdict?.cause,
      evidence: verdict?.evidence
    })
    if (text !== told) process.stdout.write(`${text}\n`)
    told = text
  },
  lookAgain: () => undefined,
  restartSensor: () => undefined
})
const reach = new Reach({ desk, now: systemClock.now, serviceSocket: socket })
const watch = new TunnelWatch({
  device,
  post: (news) => {
    reach.vpn.heard(news)
  }
})
reach.proxy = {
  post: ({ authorities, wayOut }) => {
    proxy.allow({ authorities, wayOut })
    return true
  }
}
reach.probe = {
  post: (message) => {
    if (message.kind === 'tunnel') watch.set(message)
    return true
  }
}

const key = createPolicyKey()
desk.pinPolicy({
  key: key.root,
  organisation: start.policy.organisation,
  team: 'Claims',
  root: null,
  snapshot: null,
  timeSeen: 0
})
reach.hubAt('198.51.100.20:8443')
desk.offerPolicy(signPolicy(start.policy, key))
desk.watch()
desk.signedIn({ id: '00000000-0000-4000-8000-000000000001', name: 'Ana' })
desk.camera({ state: 'live', label: 'Camera', width: 640, height: 480, fps: 30 })
// A quiet room, look after look: whatever hides this desk, it is not the room.
let seq = 0
setInterval(() => desk.scene.observe(readLook(seq++)), 150)

createInterface({ input: process.stdin }).on('line', (line) => {
  const order = JSON.parse(line) as { get?: string; vpn?: VpnPolicy; service?: 'stop' }
  if (order.get !== undefined) get(order.get)
  if (order.service === 'stop') void service.close()
  if (order.vpn !== undefined) {
    const version = (desk.facts.policy?.version ?? 0) + 1
    desk.offerPolicy(signPolicy({ ...start.policy, version, vpn: order.vpn }, key))
  }
})

/** Says the status, and for the stream its end. */
function get(url: string): void {
  const asked = request({ host: '127.0.0.1', port, path: url, headers: { host: new URL(url).host } })
  asked.on('response', (response) => {
    say({ got: url, status: response.statusCode })
    response.resume()
    response.on('close', () => say({ ended: url }))
    response.on('error', () => undefined) // `close` follows
  })
  asked.on('error', () => say({ got: url, status: 0 }))
  asked.end()
}
say({ ready: true })
