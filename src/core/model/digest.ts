import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ModelDefinition } from './definition'
import type { ModelFile } from './manifest'

/**
 * SHA-256 over all that decides what a model says: its definition and the hashes of its files. The same weights read
 * by another decoder, or with other columns, are another model and have to be measured anew.
 */
export const modelDigest = (definition: ModelDefinition, files: readonly ModelFile[]): string => {
  const listed = [...files].sort((a, b) => (a.path < b.path ? -1 : 1))
  return bytesToHex(sha256(new TextEncoder().encode(ordered([definition, listed]))))
}

/** JSON with the keys of every object in order: one text for one value. */
const ordered = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(ordered).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, inner]) => `${JSON.stringify(key)}:${ordered(inner)}`).join(',')}}`
}
