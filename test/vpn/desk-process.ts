import type { ChildProcess } from 'node:child_process'
import type { Policy } from '../../src/core/policy/policy'
import type { VpnPolicy } from '../../src/core/policy/vpn'
import { readPolicy } from '../../src/provision/policy/author'
import { until, type Rig } from './rig'

/** A fact that the desk said; `at` counts what was said. */
type Fact = Readonly<Record<string, unknown>>

/** The desk of `desk-child.ts`, running on side a. */
export class DeskProcess {
  readonly #child: ChildProcess
  readonly #said: Fact[] = []
  #from = 0
  #errors = ''

  constructor(rig: Rig, vpn: VpnPolicy) {
    rig.file('desk.json', JSON.stringify({ policy: policyWith(vpn) }))
    this.#child = rig.start('a', process.execPath, '--import', 'tsx', 'test/vpn/desk-child.ts', rig.folder)
    let rest = ''
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) this.#said.push(JSON.parse(line) as Fact)
    })
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => (this.#errors += text))
  }

  /** From now on only what is said later is heard. */
  mark(): void {
    this.#from = this.#said.length
  }

  order(order: { readonly get?: string; readonly vpn?: VpnPolicy; readonly service?: 'stop' }): void {
    this.#child.stdin?.write(`${JSON.stringify(order)}\n`)
  }

  /** Waits until a fact was said since the mark that has these fields; gives it. */
  async hears(fields: Fact, withinMs: number): Promise<Fact> {
    const fits = (fact: Fact): boolean =>
      Object.entries(fields).every(([name, value]) => fact[name] === value)
    let found: Fact | undefined
    const since = (): readonly Fact[] => this.#said.slice(this.#from)
    try {
      await until(() => (found = since().find(fits)) !== undefined, JSON.stringify(fields), withinMs)
    } catch (error) {
      const said = JSON.stringify(since().slice(-8))
      throw new Error(`${String(error)}; said ${said} ${this.#errors.slice(-2000)}`, { cause: error })
    }
    return found ?? {}
  }

  /** Asks for a page through the proxy and gives the status; 0: no answer. */
  async get(url: string): Promise<unknown> {
    const from = this.#said.length
    this.order({ get: url })
    let found: Fact | undefined
    await until(() => (found = this.#said.slice(from).find(({ got }) => got === url)) !== undefined, url)
    return found?.['status']
  }
}

function policyWith(vpn: VpnPolicy): Policy {
  const yaml = JSON.stringify({
    schema: 2,
    organisation: 'Tunnel Care',
    version: 1,
    issuedAt: '2026-01-01T00:00:00.000Z',
    expiresAt: '2036-01-01T00:00:00.000Z',
    sensor: { maxGapMs: 3000 },
    workspace: {
      applications: [
        { id: 'members', title: 'Members', url: 'http://198.51.100.10:8080/' },
        { id: 'six', title: 'Six', url: 'http://[2001:db8::10]:8080/' }
      ]
    },
    hubGraceMs: 0,
    vpn
  })
  const policy = readPolicy(yaml)
  if (!policy.ok) throw new Error(JSON.stringify(policy.error))
  return policy.value
}
