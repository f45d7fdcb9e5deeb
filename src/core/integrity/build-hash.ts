import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'
import type { ListedFile } from './manifest'

/**
 * The hash by which a hub knows a packaged program: over all its files by hash and path, in the order of paths. The
 * signed list and the files themselves give the same one, so a list that was rewritten belongs to another build.
 */
export function buildHash(files: readonly Pick<ListedFile, 'path' | 'sha256'>[]): string {
  const lines = [...files]
    .sort((one, other) => (one.path < other.path ? -1 : 1))
    .map((file) => `${file.sha256} ${file.path}\n`)
  return bytesToHex(sha256(new TextEncoder().encode(lines.join(''))))
}
