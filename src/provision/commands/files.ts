import { readFile } from 'node:fs/promises'
import { InvalidArgumentError } from 'commander'
import { ProvisionError } from '../problem'

/** A text file that a person named. Throws `ProvisionError` when it cannot be read. */
export const readText = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new ProvisionError(`${file} cannot be read.`)
  })

/** The envelope that `havendesk policy sign` or `model sign` wrote. Throws `ProvisionError` when it is another file. */
export const readSigned = async (file: string, what: 'policy' | 'model'): Promise<unknown> => {
  const text = await readText(file)
  try {
    return JSON.parse(text)
  } catch {
    throw new ProvisionError(
      `${file} is not a signed ${what}: it is not JSON. Do "havendesk ${what} sign" first.`
    )
  }
}

/** How long a signed document is to be good, in days. */
export const days = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 730) return value
  throw new InvalidArgumentError('It has to be 1 to 730 days.')
}
