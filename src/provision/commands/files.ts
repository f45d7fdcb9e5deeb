import { readFile, writeFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { MAX_VERSION } from '../../core/trust/root'
import { ProvisionError } from '../problem'
import { readDocument, type SignedDocument } from '../trust/document'

/** A text file that a person named. Throws `ProvisionError` when it cannot be read. */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new ProvisionError(`${file} cannot be read.`)
  })

/** JSON from a file. Throws `ProvisionError` for what is none. */
export const readJson = async (file: string): Promise<unknown> => {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch {
    throw new ProvisionError(`${file} is not JSON.`)
  }
}

/** A document on its way between key holders. */
export const readDocumentFile = async (file: string): Promise<SignedDocument> =>
  readDocument(await readJson(file), file)

export const writeJson = (file: string, value: unknown): Promise<void> =>
  writeFile(file, `${JSON.stringify(value, null, 2)}\n`)

/** A number from 1. */
export const fromOne = (text: string): number => {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1 && value <= MAX_VERSION) return value
  throw new InvalidArgumentError('It has to be a whole number from 1.')
}

/** Adds up the values of an option that may be given more than once. */
export const each = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const madeBy = {
  policy: 'policy sign',
  model: 'model sign',
  root: 'root create',
  snapshot: 'snapshot sign',
  accommodation: 'accommodation sign'
} as const

/** The envelope that `havendesk policy sign` or `model sign` wrote. Throws `ProvisionError` when it is another file. */
export const readSigned = async (file: string, what: keyof typeof madeBy): Promise<unknown> => {
  const text = await readText(file)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new ProvisionError(
      `${file} is not a signed ${what}: it is not JSON. Do "havendesk ${madeBy[what]}" first.`
    )
  }
  if (isUnsigned(json))
    throw new ProvisionError(`${file} is signed by nobody yet. Each holder does "havendesk signature add".`)
  return json
}

const isUnsigned = (json: unknown): boolean =>
  typeof json === 'object' &&
  json !== null &&
  'signatures' in json &&
  Array.isArray(json.signatures) &&
  json.signatures.length === 0

/** How long a signed document is to be good, in days. */
export const days = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 730) return value
  throw new InvalidArgumentError('It has to be 1 to 730 days.')
}
