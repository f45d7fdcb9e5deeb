import type { PolicyEnvelope } from '../../src/core/policy/envelope'
import { toBase64url } from '../../src/core/trust/base64url'

/** Chance that can be repeated: mulberry32. */
export class Chance {
  #state: number
  constructor(seed: number) {
    this.#state = seed >>> 0
  }
  /** In [0, 1). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0
    let mixed = this.#state
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  below(limit: number): number {
    return Math.floor(this.next() * limit)
  }
  of<T>(values: readonly T[]): T {
    const value = values[this.below(values.length)]
    if (value === undefined) throw new Error('nothing to choose from')
    return value
  }
}

const LETTERS = 'ABCDEFGHabcdefgh0123456789-_'

type Change = (envelope: PolicyEnvelope, chance: Chance, all: readonly PolicyEnvelope[]) => string

const text = (envelope: unknown): string => JSON.stringify(envelope)
const payloadText = ({ payload }: PolicyEnvelope): string =>
  Buffer.from(payload, 'base64url').toString('utf8')
const withPayload = (envelope: PolicyEnvelope, bytes: Uint8Array | string): string =>
  text({ ...envelope, payload: toBase64url(Buffer.from(bytes)) })
const policyOf = (envelope: PolicyEnvelope): Record<string, unknown> =>
  JSON.parse(payloadText(envelope)) as Record<string, unknown>
const flip = (bytes: Buffer, chance: Chance): Buffer => {
  const at = chance.below(bytes.length)
  bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8))
  return bytes
}
const shuffled = (entries: readonly (readonly [string, unknown])[], chance: Chance): object =>
  Object.fromEntries([...entries].sort(() => chance.next() - 0.5))
const withSignature = (envelope: PolicyEnvelope, change: object): string =>
  text({ ...envelope, signatures: envelope.signatures.map((entry) => ({ ...entry, ...change })) })

/** What a policy would be loosened by. */
const loosen: readonly ((policy: Record<string, unknown>) => object)[] = [
  (policy) => ({ ...policy, hubGraceMs: 86_400_000 }),
  (policy) => ({ ...policy, expiresAt: '2099-01-01T00:00:00.000Z' }),
  (policy) => ({ ...policy, version: Number(policy['version']) + 1 }),
  (policy) => ({
    ...policy,
    workspace: { applications: [{ id: 'x', title: 'X', url: 'https://x.example/' }] }
  }),
  (policy) => ({ ...policy, rules: {} }),
  (policy) => ({ ...policy, rules: { ...(policy['rules'] as object), phone: { response: 'log' } } }),
  (policy) => ({ ...policy, organisation: 'Other Care' }),
  (policy) => ({ ...policy, __proto__: { hubGraceMs: 1 }, extra: true })
]

/** The ways in which a document is changed, by name. */
export const changes: Readonly<Record<string, Change>> = {
  'byte flipped': (envelope, chance) => flip(Buffer.from(text(envelope)), chance).toString('latin1'),
  truncated: (envelope, chance) => {
    const whole = text(envelope)
    return whole.slice(0, chance.below(whole.length))
  },
  'bytes appended': (envelope, chance) =>
    text(envelope) + chance.of([' ', '\n', '{}', '\0', 'x', text(envelope), ']', '}']),
  'byte inserted': (envelope, chance) => {
    const whole = text(envelope)
    const at = chance.below(whole.length)
    return whole.slice(0, at) + String.fromCharCode(chance.below(256)) + whole.slice(at)
  },
  'span deleted': (envelope, chance) => {
    const whole = text(envelope)
    const at = chance.below(whole.length)
    return whole.slice(0, at) + whole.slice(at + 1 + chance.below(40))
  },
  'spans swapped': (envelope, chance) => {
    const whole = text(envelope)
    const [a = 0, b = 0, c = 0] = [1, 2, 3].map(() => chance.below(whole.length)).sort((x, y) => x - y)
    return whole.slice(0, a) + whole.slice(b, c) + whole.slice(a, b) + whole.slice(c)
  },
  'key duplicated': (envelope, chance, all) => {
    const other = chance.of(all)
    const name = chance.of(['payload', 'signatures', 'type', 'v'] as const)
    const again = `${JSON.stringify(name)}:${JSON.stringify(other[name])}`
    const whole = text(envelope)
    return chance.next() < 0.5 ? `{${again},${whole.slice(1)}` : `${whole.slice(0, -1)},${again}}`
  },
  'keys reordered': (envelope, chance) =>
    JSON.stringify(shuffled(Object.entries(envelope), chance), null, chance.below(4)),
  'payload bit flipped': (envelope, chance) =>
    withPayload(envelope, flip(Buffer.from(envelope.payload, 'base64url'), chance)),
  'payload truncated': (envelope, chance) => {
    const bytes = Buffer.from(envelope.payload, 'base64url')
    return withPayload(envelope, bytes.subarray(0, chance.below(bytes.length)))
  },
  'payload appended': (envelope, chance) =>
    withPayload(envelope, payloadText(envelope) + chance.of([' ', '\n', '\0', '{}', 'x'])),
  'payload reordered': (envelope, chance) =>
    withPayload(envelope, JSON.stringify(shuffled(Object.entries(policyOf(envelope)), chance))),
  'payload spaced': (envelope, chance) =>
    withPayload(envelope, JSON.stringify(policyOf(envelope), null, 1 + chance.below(4))),
  'payload key duplicated': (envelope, chance) => {
    const loose = JSON.stringify(chance.of(loosen)(policyOf(envelope)))
    return withPayload(envelope, `${payloadText(envelope).slice(0, -1)},${loose.slice(1)}`)
  },
  'payload loosened': (envelope, chance) =>
    withPayload(envelope, JSON.stringify(chance.of(loosen)(policyOf(envelope)))),
  'number respelled': (envelope) =>
    withPayload(envelope, payloadText(envelope).replace(/"hubGraceMs":(\d+)/, '"hubGraceMs":$1.0')),
  'payload spelled otherwise': (envelope, chance) =>
    text({
      ...envelope,
      payload: chance.of([
        `${envelope.payload}=`,
        `${envelope.payload}==`,
        ` ${envelope.payload}`,
        Buffer.from(envelope.payload, 'base64url').toString('base64'),
        envelope.payload.slice(0, -1) + LETTERS.charAt(chance.below(LETTERS.length))
      ])
    }),
  'signature of another': (envelope, chance, all) =>
    text({ ...envelope, signatures: chance.of(all).signatures }),
  'payload of another': (envelope, chance, all) => text({ ...envelope, payload: chance.of(all).payload }),
  'signature bit flipped': (envelope, chance) => {
    const bytes = Buffer.from(envelope.signatures[0]?.signature ?? '', 'base64url')
    return bytes.length === 0
      ? text({ ...envelope, signatures: [] })
      : withSignature(envelope, { signature: toBase64url(flip(bytes, chance)) })
  },
  'signatures taken away or doubled': (envelope, chance) =>
    text({
      ...envelope,
      signatures: chance.of([[], null, {}, '', [...envelope.signatures, ...envelope.signatures]])
    }),
  'signature under another name': (envelope, chance, all) =>
    withSignature(envelope, {
      keyId: chance.of([chance.of(all).signatures[0]?.keyId, '0'.repeat(64), '', 7])
    }),
  'type changed': (envelope, chance) =>
    text({
      ...envelope,
      type: chance.of(['havendesk-root', 'havendesk-model', 'havendesk-snapshot', '', null, 'policy']),
      v: chance.of([1, 2, '1', null])
    }),
  'another value altogether': (envelope, chance) =>
    chance.of([
      'null',
      '[]',
      '{}',
      '1e999',
      '"x"',
      'true',
      '',
      `[${text(envelope)}]`,
      '{"__proto__":{"v":1}}'
    ])
}
