import { existsSync } from 'node:fs'
import { z } from 'zod'
import { DataError } from '../data-error'
import { readJson } from '../read-json'

export type Groups = Readonly<Record<string, ReadonlySet<string>>>

const schema = z.record(z.string().min(1), z.array(z.string().min(1)))

/**
 * Reads named groups of pictures, supplied by whoever measures: `{ "backs of phones": ["a.jpg", "b.jpg"] }`. They
 * part the figures and decide nothing. Throws `DataError` when a group names a picture that is not in the set.
 */
export const readGroups = (file: string, known: readonly string[]): Groups => {
  if (!existsSync(file))
    throw new DataError(`There is no file ${file}. Pass one that names groups of pictures.`)
  const groups = readJson(file, schema, { '': 'Write { "name of the group": ["file.jpg", "file.jpg"] }.' })
  const files = new Set(known)
  for (const [name, members] of Object.entries(groups)) {
    const stranger = members.find((member) => !files.has(member))
    if (stranger !== undefined)
      throw new DataError(
        `${file}: ${name}: ${stranger} is not in the annotations. Write file names as they stand there.`
      )
  }
  return Object.fromEntries(Object.entries(groups).map(([name, members]) => [name, new Set(members)]))
}
