import type { z } from 'zod'

/** Something wrong with what the measuring person supplied. The message names the place and the remedy. */
export class DataError extends Error {
  override readonly name: string = 'DataError'
}

/** A program that this needs is not there: nothing of the kind can be measured. */
export class MissingProgramError extends DataError {
  override readonly name = 'MissingProgramError'
}

/** `images[3].tags.n_person` */
export const pathOf = (path: readonly PropertyKey[]): string =>
  path
    .map((part, at) => (typeof part === 'number' ? `[${part}]` : `${at ? '.' : ''}${String(part)}`))
    .join('')

/** The first problem of a refused file, with its place. `remedies` are looked up by the field's name. */
export const firstProblem = (
  file: string,
  error: z.ZodError,
  remedies: Readonly<Record<string, string>>
): DataError => {
  const [issue] = error.issues
  const path = issue?.path ?? []
  const field = [...path].reverse().find((part) => typeof part === 'string')
  const remedy = remedies[field ?? ''] ?? remedies[''] ?? ''
  const more = error.issues.length > 1 ? ` (${error.issues.length - 1} more like it.)` : ''
  return new DataError(
    `${file}: ${pathOf(path) || 'the file'}: ${issue?.message ?? 'not readable'}. ${remedy}${more}`
  )
}
