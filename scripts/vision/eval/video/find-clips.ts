import { existsSync, readdirSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import { DataError } from '../data-error'

export type Clip =
  | { readonly kind: 'video'; readonly name: string; readonly path: string }
  | { readonly kind: 'sequence'; readonly name: string; readonly files: readonly string[] }

const videos = new Set(['.mp4', '.mkv', '.webm', '.mov', '.avi', '.mjpeg', '.mjpg', '.m4v', '.y4m'])
const pictures = new Set(['.jpg', '.jpeg', '.png', '.webp', '.bmp', '.tif', '.tiff', '.avif'])

const picturesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .filter((name) => pictures.has(extname(name).toLowerCase()))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((name) => join(folder, name))

/**
 * What a path holds: one recording; a folder of recordings and of folders with pictures; or a folder of pictures, as
 * one sequence in the order of their names. `labels` is where clips.json would be. Throws `DataError`.
 */
export const findClips = (path: string): { readonly clips: readonly Clip[]; readonly labels: string } => {
  if (!existsSync(path))
    throw new DataError(`There is no ${path}. Pass a recording or a folder of recordings.`)
  if (!statSync(path).isDirectory()) {
    if (!videos.has(extname(path).toLowerCase()))
      throw new DataError(
        `${path} is no recording that is known here. Pass one of: ${[...videos].join(' ')}.`
      )
    const clip: Clip = { kind: 'video', name: basename(path), path }
    return { clips: [clip], labels: join(dirname(path), 'clips.json') }
  }
  const own = picturesIn(path)
  const clips = readdirSync(path, { withFileTypes: true })
    .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
    .flatMap((entry): Clip[] => {
      const inside = join(path, entry.name)
      if (entry.isDirectory()) {
        const files = picturesIn(inside)
        return files.length === 0 ? [] : [{ kind: 'sequence', name: entry.name, files }]
      }
      return videos.has(extname(entry.name).toLowerCase())
        ? [{ kind: 'video', name: entry.name, path: inside }]
        : []
    })
  const sequence: Clip[] = own.length === 0 ? [] : [{ kind: 'sequence', name: basename(path), files: own }]
  const all = [...sequence, ...clips]
  if (all.length === 0)
    throw new DataError(
      `${path} holds no recording and no picture. Put recordings (${[...videos].join(' ')}) or numbered pictures there.`
    )
  return { clips: all, labels: join(path, 'clips.json') }
}
