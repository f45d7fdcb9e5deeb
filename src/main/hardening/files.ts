import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  wasm: 'application/wasm',
  woff2: 'font/woff2',
  svg: 'image/svg+xml',
  png: 'image/png',
  bin: 'application/octet-stream'
}

/** One file that may be served. */
export interface ServedFile {
  readonly path: string
  readonly type: string
  /** Set for models: the SHA-256 that the bytes must have, hex. */
  readonly sha256: string | null
}

/** Media type by the name's end; `undefined` for what is never served. */
export const typeOf = (name: string): string | undefined => types[name.slice(name.lastIndexOf('.') + 1)]

/**
 * Lists the built pages as `URL path -> file`. The request's path is looked up in this list as it stands and never
 * joined to a folder, so no spelling of `..` leads out.
 */
export function listPages(folder: string): Map<string, ServedFile> {
  const files = new Map<string, ServedFile>()
  const walk = (at: string, prefix: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const url = `${prefix}/${entry.name}`
      const type = typeOf(entry.name)
      if (entry.isDirectory()) walk(join(at, entry.name), url)
      else if (entry.isFile() && type !== undefined) {
        files.set(url, { path: join(at, entry.name), type, sha256: null })
      }
    }
  }
  walk(folder, '')
  return files
}
