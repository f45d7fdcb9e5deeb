import { join } from 'node:path'
import {
  alterationsBetween,
  MAX_ALTERATIONS,
  type Alteration,
  type FoundEntry
} from '../../core/integrity/alteration'
import type { ListedFile, ProgramManifest } from '../../core/integrity/manifest'
import { filesInArchive } from './archive'
import { entriesOf, type ApplicationFolder } from './application-folder'
import { hashFile, type Pause } from './hash-file'

/**
 * Reads every file of a packaged program anew and says what is not as its list has it; empty when it is whole. An
 * altered archive is named together with the file in it that was altered. Throws when the folder cannot be read.
 */
export async function inspectProgram(
  folder: ApplicationFolder,
  manifest: ProgramManifest,
  pause: Pause
): Promise<readonly Alteration[]> {
  const sizes = new Map(manifest.files.map(({ path, size }) => [path, size]))
  const found: FoundEntry[] = []
  for (const entry of entriesOf(folder)) {
    const path = join(folder.root, entry.path)
    if (entry.kind !== 'file')
      found.push({ path: entry.path, content: { kind: 'other', what: `a ${entry.kind}` } })
    // What is not listed may be of any size: that it is there is enough.
    else if (!sizes.has(entry.path)) {
      found.push({ path: entry.path, content: { kind: 'other', what: `${String(entry.size)} bytes` } })
    } else {
      found.push({ path: entry.path, content: { kind: 'file', sha256: await hashFile(path, pause) } })
    }
  }
  const alterations = alterationsBetween(manifest.files, found)
  const within = alterations.some(({ path }) => path === folder.archive)
    ? await alteredWithin(folder, manifest.inside, pause)
    : []
  return [...within, ...alterations].slice(0, MAX_ALTERATIONS)
}

/** Which files of an altered archive are others; empty when only its header is, or when it is no archive any more. */
async function alteredWithin(
  { root, archive }: ApplicationFolder,
  listed: readonly ListedFile[],
  pause: Pause
): Promise<readonly Alteration[]> {
  const path = join(root, archive)
  try {
    const found: FoundEntry[] = []
    for (const file of await filesInArchive(path)) {
      const sha256 = await hashFile(path, pause, file)
      found.push({ path: file.path, content: { kind: 'file', sha256 } })
    }
    return alterationsBetween(listed, found).map((one) => ({ ...one, path: `${archive} > ${one.path}` }))
  } catch {
    return [] // the archive as a whole is named in any case
  }
}
