import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { SetupError } from './report.mjs'

/**
 * A pinned hash: `sha512-<base64>` as npm writes it, or a bare SHA-256 in hex as Electron and our manifests write it.
 * @param {string} pin
 * @returns {{ algorithm: string, encoding: 'base64' | 'hex', value: string }}
 */
export function parsePin(pin) {
  const npm = /^(sha512)-([A-Za-z0-9+/]{86}==)$/.exec(pin)
  if (npm?.[1] && npm[2]) return { algorithm: npm[1], encoding: 'base64', value: npm[2] }
  if (/^[0-9a-f]{64}$/.test(pin)) return { algorithm: 'sha256', encoding: 'hex', value: pin }
  throw new SetupError(`The pinned hash "${pin}" is neither sha512-<base64> nor a SHA-256 in hex.`)
}

/**
 * Stops unless the file has the pinned hash. Nothing downloaded is used before this has passed.
 * @param {string} path the file on disk
 * @param {string} pin
 * @param {string} name what the person knows the file by
 */
export async function verifyFile(path, pin, name) {
  const { algorithm, encoding, value } = parsePin(pin)
  const hash = createHash(algorithm)
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  const found = hash.digest(encoding)
  if (found === value) return
  throw new SetupError(
    `${name} does not have the hash this project expects, so it was not used.\n` +
      `  expected ${algorithm} ${value}\n  found    ${algorithm} ${found}\n` +
      'Someone or something changed it on the way. Try another network; if it stays so, tell the maintainers.'
  )
}

/** @param {string | Buffer} content */
export const sha256 = (content) => createHash('sha256').update(content).digest('hex')
