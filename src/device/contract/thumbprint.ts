import { createHash } from 'node:crypto'
import type { PublicJwk } from './device-key'

/** The name of a P-256 key (RFC 7638): SHA-256 over its required members in the order of their names, base64url. */
export function thumbprintOf({ crv, kty, x, y }: PublicJwk): string {
  return createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url')
}
