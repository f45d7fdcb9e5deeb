import { isDeepStrictEqual } from 'node:util'
import { applicationPolicySchema } from '../../src/core/application/policy'
import { checkRulesSchema } from '../../src/core/policy/checks'
import { parsePolicy } from '../../src/core/policy/migrate'
import { policyFor, type Policy } from '../../src/core/policy/policy'
import { toBase64url } from '../../src/core/trust/base64url'
import { PolicySource } from '../../src/main/policy/source'
import { vpnSchema } from '../../src/core/policy/vpn'
import { demoPolicy } from '../hub/support/policy'
import { Chance } from '../trust/mutants'

const ORGANISATION = 'Demo Care'
const TEAM = 'Claims'
const KEY = { keyId: 'a'.repeat(64), publicKey: 'A'.repeat(43) }

export interface WrongDocumentReport {
  readonly tried: number
  readonly refused: number
  /** Came into force whole: what was changed still makes a good policy. */
  readonly taken: number
  /** What must not happen: a crash, a policy in part, or a refusal that names nothing. */
  readonly wrong: readonly string[]
}

const good: Policy = {
  ...demoPolicy(ORGANISATION, 5),
  vpn: vpnSchema.parse({
    response: 'blank',
    kind: 'wireguard',
    interfaces: ['wg0'],
    handshakeMaxAgeMs: 180_000,
    peers: [`${'A'.repeat(43)}=`],
    probe: { host: '10.0.0.1', port: 443 },
    endpoints: ['203.0.113.7']
  }),
  checks: checkRulesSchema.parse({
    antivirus: { enforcement: 'block' },
    'os-updates': { enforcement: 'warn', minVersions: { debian: '12' } },
    wifi: { networks: ['Work'] }
  }),
  applications: applicationPolicySchema.parse({
    response: 'close',
    rules: [{ verdict: 'deny', name: 'tool', signer: 'Maker' }],
    locked: [{ verdict: 'allow', path: '/usr/bin/tool' }]
  }),
  teams: {
    [TEAM]: {
      rules: { phone: { response: 'log' } },
      applications: { rules: [{ verdict: 'allow', name: 'tool' }] }
    }
  }
}

const odd: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  0.5,
  1e21,
  '',
  'x',
  'blank',
  'report',
  '\u0000',
  'x'.repeat(5000),
  [],
  [null],
  {},
  { a: 1 },
  [[]],
  '2026-01-01T00:00:00Z',
  'http://x/',
  'javascript:alert(1)',
  '../..',
  Array.from({ length: 300 }, () => 1)
]

type Path = readonly (string | number)[]

/** Every place in a document. */
function places(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inside = Object.entries(value).flatMap(([name, one]: [string, unknown]) =>
    places(one, [...at, Array.isArray(value) ? Number(name) : name])
  )
  return [at, ...inside]
}

/** The document with one place changed: another value, nothing, one more field, or what another place has. */
function changed(document: unknown, chance: Chance): unknown {
  const copy: unknown = structuredClone(document)
  const all = places(copy).filter((path) => path.length > 0)
  const path = all.length === 0 ? [] : chance.of(all)
  const name = path.at(-1)
  const parent = valueAt(copy, path.slice(0, -1))
  if (name === undefined || typeof parent !== 'object' || parent === null) return chance.of(odd)
  const to = parent as Record<string | number, unknown>
  const kind = chance.below(5)
  if (kind === 0) Reflect.deleteProperty(to, name)
  else if (kind === 1) {
    const extra = chance.of(['extra', '__proto__', 'constructor', 'vpn', 'rules', ''])
    Object.defineProperty(to, extra, {
      value: chance.of(odd),
      enumerable: true,
      configurable: true,
      writable: true
    })
  } else if (kind === 2) to[name] = structuredClone(valueAt(copy, chance.of(all)))
  else to[name] = chance.of(odd)
  return copy
}

const valueAt = (value: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    value
  )

/**
 * Offers `count` changed documents, each with a signature that counts, to a desk that holds version 5. One that is wrong
 * anywhere changes nothing and is refused with its field; one that is still good comes into force whole.
 */
export function tryWrongDocuments(count: number, seed: number): WrongDocumentReport {
  const chance = new Chance(seed)
  const wrong: string[] = []
  let [refused, taken] = [0, 0]
  let source = holding()
  for (let tried = 0; tried < count; tried += 1) {
    let document: unknown = { ...good, version: 6 }
    for (let times = 1 + chance.below(3); times > 0; times -= 1) document = changed(document, chance)
    const before = JSON.stringify(source.current)
    const said = JSON.stringify(document)
    try {
      const offer = source.offer(enveloped(said))
      if (offer.kind === 'in-force') {
        taken += 1
        const whole = parsePolicy(JSON.parse(said))
        const is = whole.ok && isDeepStrictEqual(source.current, policyFor(whole.value, TEAM))
        if (!is) wrong.push(`in part: ${said.slice(0, 300)}`)
        source = holding()
      } else {
        refused += 1
        if (JSON.stringify(source.current) !== before)
          wrong.push(`changed by a refusal: ${said.slice(0, 300)}`)
        if (offer.kind === 'refused' && !isNamed(offer.refusal))
          wrong.push(`names nothing: ${said.slice(0, 300)}`)
      }
    } catch (error) {
      wrong.push(`${String(error)}: ${said.slice(0, 300)}`)
    }
  }
  return { tried: count, refused, taken, wrong }
}

const isNamed = (refusal: object): boolean =>
  !('field' in refusal) ||
  ('problem' in refusal && typeof refusal.problem === 'string' && refusal.problem !== '')

const enveloped = (text: string) => ({
  v: 1 as const,
  type: 'havendesk-policy' as const,
  payload: toBase64url(Buffer.from(text)),
  signatures: [{ keyId: KEY.keyId, signature: 'A'.repeat(86) }]
})

/** A desk under the good policy. Every signature counts: this is about what was signed. */
function holding(): PolicySource {
  const clock = { now: () => 0, label: () => '2026-06-01T00:00:00.000Z' }
  const source = new PolicySource(() => true, clock)
  source.pin({ key: KEY, organisation: ORGANISATION, team: TEAM, root: null, snapshot: null, timeSeen: 0 })
  if (source.offer(enveloped(JSON.stringify(good))).kind !== 'in-force')
    throw new Error('the good policy is refused')
  return source
}
