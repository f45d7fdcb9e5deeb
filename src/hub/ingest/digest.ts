import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { OutboxRecord } from '../../contract/wire/v1/device'

/** SHA-256 of a record's canonical JSON: the same record has the same digest however it was spelled. */
export function recordDigest(record: OutboxRecord): Buffer {
  const text = canonicalize(record)
  if (text === undefined) throw new Error('a record has no canonical form')
  return createHash('sha256').update(text, 'utf8').digest()
}
