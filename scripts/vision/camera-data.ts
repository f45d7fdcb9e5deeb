import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { extname, join } from 'node:path'
import sharp from 'sharp'
import type { Pixels } from '../../src/vision/detector'

const width = 640
const height = 480
const clipTypes = ['.mp4', '.mkv', '.webm', '.mov', '.avi']
const pictureTypes = ['.jpg', '.jpeg', '.png', '.webp']

export interface CameraData {
  readonly clips: readonly string[]
  readonly pictures: readonly string[]
}

/** Clips and pictures in a folder, or in its `images/`. Throws when there are none, or when clips can't be decoded. */
export const readCameraData = (folder: string): CameraData => {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Error(`--data ${folder} is not a folder. Name one that holds clips, pictures, or images/.`)
  const inside = [folder, join(folder, 'images')].filter((path) => existsSync(path))
  const all = inside.flatMap((path) => readdirSync(path).map((name) => join(path, name))).sort()
  const ofType = (types: readonly string[]): readonly string[] =>
    all.filter((path) => types.includes(extname(path).toLowerCase()))
  const found = { clips: ofType(clipTypes), pictures: ofType(pictureTypes) }
  if (found.clips.length + found.pictures.length === 0)
    throw new Error(`--data ${folder} holds no clip (${clipTypes.join(', ')}) and no picture.`)
  if (found.clips.length > 0 && spawnSync('ffmpeg', ['-version']).error)
    throw new Error('ffmpeg is not there to decode the clips of --data. Install it (apt-get install ffmpeg).')
  return found
}

/** A picture as the camera would give it: cut to 4:3, 640 x 480. */
export const readStill = async (path: string): Promise<Pixels> => {
  const data = await sharp(path)
    .rotate()
    .resize(width, height, { fit: 'cover' })
    .ensureAlpha()
    .raw()
    .toBuffer()
  return { width, height, data }
}

/** Decodes a clip, every frame, cut to 640 x 480. Rejects when the decoder fails, with what it said. */
export const readClip = (path: string): Promise<readonly Pixels[]> =>
  new Promise((done, failed) => {
    const filter = `scale=${width}:${height}:force_original_aspect_ratio=increase,crop=${width}:${height},fps=30`
    const decoder = spawn('ffmpeg', [
      '-v',
      'error',
      '-i',
      path,
      '-vf',
      filter,
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-'
    ])
    const parts: Buffer[] = []
    let said = ''
    decoder.stdout.on('data', (part: Buffer) => parts.push(part))
    decoder.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
    decoder.on('error', failed)
    decoder.on('close', (code) => {
      if (code !== 0) {
        failed(new Error(`ffmpeg could not decode ${path}: ${said.trim().slice(0, 300)}`))
        return
      }
      const all = Buffer.concat(parts)
      const bytes = width * height * 4
      const count = Math.floor(all.length / bytes)
      done(
        Array.from({ length: count }, (_, at) => ({
          width,
          height,
          data: all.subarray(at * bytes, (at + 1) * bytes)
        }))
      )
    })
  })
