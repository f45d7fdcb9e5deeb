import { webcrypto } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { HOST, SCHEME } from '../windows/page'
import type { ServedFile } from './files'
import { headersFor } from './headers'

export interface AnswerOptions {
  /** What is served, by exact path; a model that is installed later is found here too. */
  readonly files: { get(path: string): ServedFile | undefined }
  /** A model's bytes are not those of the manifest. */
  readonly altered: (path: string) => void
  /** A listed file could not be read. */
  readonly unreadable: (path: string, error: unknown) => void
}

const refused = (status: number): Response =>
  new Response(null, { status, headers: headersFor('/', 'text/plain') })

/** Answers requests under `app://desk` from the list, by exact path. Everything else does not exist. */
export function answerFrom(options: AnswerOptions): (request: Request) => Promise<Response> {
  return async (request) => {
    const url = new URL(request.url)
    const known = url.protocol === `${SCHEME}:` && url.host === HOST && url.search === ''
    if (!known || url.username !== '' || url.password !== '') return refused(404)
    if (request.method !== 'GET') return refused(405)
    const file = options.files.get(url.pathname)
    if (file === undefined) return refused(404)
    try {
      const bytes = await readFile(file.path)
      if (file.sha256 !== null && (await sha256(bytes)) !== file.sha256) {
        options.altered(url.pathname)
        return refused(404)
      }
      return new Response(new Uint8Array(bytes), { headers: headersFor(url.pathname, file.type) })
    } catch (error) {
      options.unreadable(url.pathname, error)
      return refused(404)
    }
  }
}

/** Hashes off the main thread: megabytes of weights must not hold up a verdict. */
async function sha256(bytes: Uint8Array): Promise<string> {
  return Buffer.from(await webcrypto.subtle.digest('SHA-256', new Uint8Array(bytes))).toString('hex')
}
