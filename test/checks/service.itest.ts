import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CheckResult } from '../../src/core/check/check'
import { checkNames } from '../../src/core/check/names'
import { defaultCheckRules } from '../../src/core/policy/checks'
import { chooseDevice } from '../../src/device/choose'
import { requires } from '../requires'

/** The service as the build made it; `npm test` builds first. */
const SERVICE = 'out/test/service/service.js'

/** A chain for what comes in, as a file of nft: its grammar wants each statement on a line of its own. */
const incoming = (family: 'inet' | 'ip', policy: 'accept' | 'drop', ...rules: string[]): string =>
  [
    `table ${family} filter {`,
    'chain input {',
    `type filter hook input priority 0; policy ${policy};`,
    ...rules,
    '}',
    '}'
  ].join('\n')
const established = 'ct state established accept'
const dropping = incoming('inet', 'drop', established)
const rejecting = incoming('inet', 'accept', established, 'counter reject')
const open = incoming('inet', 'accept')
const onlyFour = incoming('ip', 'drop')

let folder: string
const running: ChildProcess[] = []
beforeEach((context) => {
  requires(context, 'linux', 'unprivileged', 'user-namespaces', 'nftables')
  if (!existsSync(SERVICE)) throw new Error(`${SERVICE} is not there: run npm run build:test first`)
  folder = mkdtempSync(join(tmpdir(), 'service-'))
})
afterEach(() => {
  for (const one of running.splice(0)) one.kill('SIGKILL')
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** The service as root of a network of its own, where the kernel's firewall is its to read, and nobody else's. */
async function serviceWith(rules: string): Promise<string> {
  const socket = join(folder, 'run', 'service.sock')
  const program = 'printf "%s\\n" "$1" | /usr/sbin/nft -f - && exec "$2" "$3" "--socket=$4"'
  const child = spawn(
    'unshare',
    [
      '--user',
      '--map-root-user',
      '--net',
      '/bin/sh',
      '-c',
      program,
      'sh',
      rules,
      process.execPath,
      SERVICE,
      socket
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] }
  )
  running.push(child)
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()))
  await expect.poll(() => said, { timeout: 20_000, interval: 50 }).toContain('"listening"')
  return socket
}

async function checksWith(serviceSocket: string, pace: 'often' | 'seldom' = 'often') {
  const results = await chooseDevice().runChecks({
    serviceSocket,
    rules: defaultCheckRules,
    applications: null,
    pace
  })
  return (id: string): CheckResult | undefined => results.find((result) => result.id === id)
}

describe('the checks of an unprivileged client with the real service as root', () => {
  it.each([
    ['drops', dropping, ['pass']],
    ['rejects at its end', rejecting, ['pass']],
    // In a namespace not even root may read whether rules of the older kind are in use: then nobody knows.
    ['lets all in', open, ['fail', 'unknown']],
    ['drops for one of the two protocols only', onlyFour, ['fail', 'unknown']],
    ['has no rules', '', ['fail', 'unknown']]
  ])('see a firewall that %s', async (_how, rules, states) => {
    const of = await checksWith(await serviceWith(rules))
    expect(of('service')?.state).toBe('pass')
    expect(states).toContain(of('firewall')?.state)
    expect(of('firewall')?.evidence).toMatch(/IPv[46]/)
  })

  it('know nothing of the firewall without the service, and say how to mend it', async () => {
    const of = await checksWith(join(folder, 'nothing'))
    expect(of('service')).toMatchObject({ state: 'unknown', remedy: 'remedy.service-missing' })
    expect(of('firewall')).toMatchObject({ state: 'unknown', remedy: 'remedy.firewall.unknown' })
  })

  it('see the display of this session as the X server has it', async (context) => {
    requires(context, 'display')
    const of = await checksWith(join(folder, 'nothing'))
    expect(of('displays')).toMatchObject({ state: 'pass', evidence: '1 in use, 0 built in' })
  })

  it('all answer on this machine, whatever it is', async () => {
    const socket = await serviceWith(dropping)
    const [often, seldom] = [await checksWith(socket), await checksWith(socket, 'seldom')]
    for (const name of checkNames) {
      const result = often(name) ?? seldom(name)
      expect(result, name).toBeDefined()
      expect(result?.evidence, name).not.toBe('')
    }
  })
})
