import type { HostileCase } from '../case'
import { json } from '../../lying-hub'

interface Envelope {
  readonly payload: string
  readonly signatures: readonly { readonly keyId: string; readonly signature: string }[]
}

/** The ways to bend what IT signed: each field of the envelope, the signed bytes among them. */
export function envelopeCases(
  name: string,
  whole: () => Envelope,
  records: { readonly form: (field: string) => string; readonly unsigned: string }
): Readonly<Record<string, readonly HostileCase[]>> {
  const lie = (change: (envelope: Envelope) => object) => () => json({ ...whole(), ...change(whole()) })
  const each = (change: (at: number) => object) => (envelope: Envelope) => ({
    signatures: envelope.signatures.map((one, at) => ({ ...one, ...change(at) }))
  })
  return {
    [`${name}.v`]: [
      { what: `${name}: another version`, lie: lie(() => ({ v: 2 })), record: records.form('v') }
    ],
    [`${name}.type`]: [
      {
        what: `${name}: another kind`,
        lie: lie(() => ({ type: 'havendesk-other' })),
        record: records.form('type')
      }
    ],
    [`${name}.payload`]: [
      {
        what: `${name}: a byte of the signed bytes changed`,
        lie: lie(({ payload }) => ({ payload: flipped(payload) })),
        record: records.unsigned
      }
    ],
    [`${name}.signatures[].keyId`]: [
      {
        what: `${name}: signed in the name of another key`,
        lie: lie(each((at) => ({ keyId: String(at).repeat(64) }))),
        record: records.unsigned
      }
    ],
    [`${name}.signatures[].signature`]: [
      {
        what: `${name}: signatures of nobody`,
        lie: lie(each(() => ({ signature: 'A'.repeat(86) }))),
        record: records.unsigned
      }
    ]
  }
}

/** One bit of the first byte that is not the opening brace, in base64url. */
function flipped(payload: string): string {
  const bytes = Buffer.from(payload, 'base64url')
  bytes[bytes.length - 3] = (bytes[bytes.length - 3] ?? 0) ^ 1
  return bytes.toString('base64url')
}
