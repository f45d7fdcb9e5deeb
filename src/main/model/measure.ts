import { createHash } from 'node:crypto'
import type { SensorModel } from './models'

/** SHA-256, hex, over all that decides what a model says: the hashes of its files, its definition and its head. */
export function modelHashOf({ id, files, ...more }: SensorModel): string {
  const parts = { files, head: more.head ?? null, definition: more.definition ?? null }
  return createHash('sha256')
    .update(JSON.stringify([id, ordered(parts)]))
    .digest('hex')
}

/** The same value with the keys of every object in order. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return entries.map(([key, inner]) => [key, ordered(inner)])
}
