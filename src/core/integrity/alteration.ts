import { z } from 'zod'
import type { ListedFile } from './manifest'

const path = z.string().max(620)
/** What was found in a file's place: the start of its SHA-256, or what it is when it is no file. */
const found = z.string().max(40)

/**
 * One thing that is not as the signed list has it. Paths are below the application's folder; `app.asar > x` is the
 * file x inside the archive.
 */
export const alterationSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('changed'), path, expected: found, found }),
  z.strictObject({ kind: z.literal('missing'), path, expected: found }),
  z.strictObject({ kind: z.literal('added'), path, found })
])
export type Alteration = z.infer<typeof alterationSchema>

/** So many are told; a program that is altered in more places is not more altered. */
export const MAX_ALTERATIONS = 8

/** What a check of the whole program came to. Only `whole` lets a session begin. */
export const programVerdictSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('whole'), files: z.number().int().positive() }),
  z.strictObject({
    kind: z.literal('altered'),
    alterations: z.array(alterationSchema).min(1).max(MAX_ALTERATIONS)
  }),
  /** There is nothing to hold the files against: the list is missing, unreadable or not signed by the build's key. */
  z.strictObject({ kind: z.literal('unverifiable'), problem: z.string().max(180) }),
  /** Runs from its sources or an unsigned build: nothing was checked. */
  z.strictObject({ kind: z.literal('not-packaged') })
])
export type ProgramVerdict = z.infer<typeof programVerdictSchema>

/** Enough of a hash to tell files apart and to look one up. */
export const shortHash = (sha256: string): string => sha256.slice(0, 16)

/** What lies at a path of the application's folder. */
export interface FoundEntry {
  readonly path: string
  /** Hash of a file's bytes, hex. */
  readonly content:
    { readonly kind: 'file'; readonly sha256: string } | { readonly kind: 'other'; readonly what: string }
}

/** Holds what was found against the list, in the order of paths. An unlisted file is as bad as a changed one. */
export function alterationsBetween(
  listed: readonly ListedFile[],
  found: readonly FoundEntry[]
): readonly Alteration[] {
  const expected = new Map(listed.map((file) => [file.path, file.sha256]))
  const there = new Set(found.map((entry) => entry.path))
  const wrong = found.flatMap((entry): readonly Alteration[] => {
    const hash = expected.get(entry.path)
    const is = entry.content.kind === 'file' ? shortHash(entry.content.sha256) : entry.content.what
    if (hash === undefined) return [{ kind: 'added', path: entry.path, found: is }]
    if (entry.content.kind === 'file' && entry.content.sha256 === hash) return []
    return [{ kind: 'changed', path: entry.path, expected: shortHash(hash), found: is }]
  })
  const missing = listed
    .filter((file) => !there.has(file.path))
    .map((file): Alteration => ({ kind: 'missing', path: file.path, expected: shortHash(file.sha256) }))
  return [...wrong, ...missing].sort((one, other) => (one.path < other.path ? -1 : 1))
}

/** One line for logs and the hub: which file, what was expected, what was found. At most 200 characters. */
export function describeAlteration(alteration: Alteration): string {
  const where = alteration.path.length <= 110 ? alteration.path : `…${alteration.path.slice(-109)}`
  switch (alteration.kind) {
    case 'changed':
      return `${where}: expected ${alteration.expected}, found ${alteration.found}`
    case 'missing':
      return `${where}: expected ${alteration.expected}, missing`
    case 'added':
      return `${where}: not listed, found ${alteration.found}`
  }
}

/** A verdict in one line; empty when the program is whole. */
export function describeVerdict(verdict: ProgramVerdict): string {
  switch (verdict.kind) {
    case 'whole':
      return ''
    case 'altered':
      return verdict.alterations.map(describeAlteration).slice(0, 1).join('')
    case 'unverifiable':
      return verdict.problem
    case 'not-packaged':
      return 'not packaged'
  }
}
