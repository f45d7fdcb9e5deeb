import { compactVerify, errors, importJWK } from 'jose'
import { STATEMENT_TYPE, statementSchema, type Statement } from '../../contract/wire/v1/attestation'
import type { DeviceJwk } from '../../contract/wire/v1/device'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'

/** Reads a statement that this key signed: signature first, then its form. */
export async function readStatement(jws: string, key: DeviceJwk): Promise<Outcome<Statement>> {
  let payload: Uint8Array
  try {
    const verified = await compactVerify(jws, await importJWK({ ...key }, 'ES256'), { algorithms: ['ES256'] })
    if (verified.protectedHeader.typ !== STATEMENT_TYPE) return bad('It is not an attestation.', 'typ')
    payload = verified.payload
  } catch (error) {
    if (error instanceof errors.JOSEError) return bad('It is not signed by this device’s key.')
    throw error
  }
  const claims = statementSchema.safeParse(parse(payload))
  if (claims.success) return ok(claims.data)
  const issue = claims.error.issues[0]
  return bad(`It cannot be read: ${issue?.message ?? ''}.`, issue?.path.join('.'))
}

function bad(message: string, field?: string): Outcome<never> {
  return refuse('bad-attestation', message, {
    field: field === undefined || field === '' ? 'statement' : `statement.${field}`
  })
}

function parse(payload: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(payload).toString('utf8'))
  } catch {
    return null // not JSON: the schema says so
  }
}
