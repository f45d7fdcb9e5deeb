import { spawn } from 'node:child_process'
import type { Pixels } from '../../../../src/vision/detector'
import { readPicture } from '../../picture'
import { DataError, MissingProgramError } from '../data-error'
import type { Clip } from './find-clips'
import { pamReader } from './pam'

export interface ClipFrame {
  /** Milliseconds since the recording began. */
  readonly atMs: number
  readonly pixels: Pixels
}

/** Recordings are decoded at the rate of a usual camera. */
export const videoFps = 30

const noDecoder =
  'Recordings need ffmpeg, which is not on the PATH. Install it (apt-get install ffmpeg, brew install ffmpeg), ' +
  'or pass a folder of numbered pictures instead.'

/** Decodes a recording with ffmpeg, frame by frame, as fast as they are taken. */
async function* decodeVideo(path: string, program: string): AsyncGenerator<ClipFrame> {
  const args = ['-nostdin', '-v', 'error', '-i', path, '-vf', `fps=${videoFps}`, '-pix_fmt', 'rgba']
  const decoder = spawn(program, [...args, '-f', 'image2pipe', '-c:v', 'pam', '-'], {
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let complaint = ''
  decoder.stderr.on('data', (text: Buffer) => (complaint = `${complaint}${text.toString()}`.slice(0, 400)))
  const ended = new Promise<number | null>((resolve, reject) => {
    decoder.on('error', (cause: NodeJS.ErrnoException) =>
      reject(cause.code === 'ENOENT' || cause.code === 'EACCES' ? new MissingProgramError(noDecoder) : cause)
    )
    decoder.on('close', resolve)
  })
  // Looked at below; until then it must not count as unhandled.
  ended.catch(() => undefined)
  try {
    const cut = pamReader()
    let count = 0
    for await (const chunk of decoder.stdout as AsyncIterable<Buffer>)
      for (const pixels of cut(chunk)) {
        yield { atMs: (count * 1000) / videoFps, pixels }
        count += 1
      }
    const code = await ended
    if (code !== 0 || count === 0)
      throw new DataError(
        `${path} could not be decoded (${complaint.trim().split('\n')[0] || 'no picture in it'}).`
      )
  } finally {
    decoder.kill()
  }
}

async function* readSequence(files: readonly string[], fps: number): AsyncGenerator<ClipFrame> {
  for (const [at, file] of files.entries()) {
    let pixels: Pixels
    try {
      pixels = await readPicture(file)
    } catch (cause) {
      throw new DataError(
        `${file} could not be read (${cause instanceof Error ? cause.message : String(cause)}).`
      )
    }
    yield { atMs: (at * 1000) / fps, pixels }
  }
}

/** The frames of a clip. Rejects with `DataError` when it can't be decoded, or when ffmpeg is missing. */
export const framesOf = (clip: Clip, fps: number, program = 'ffmpeg'): AsyncGenerator<ClipFrame> =>
  clip.kind === 'video' ? decodeVideo(clip.path, program) : readSequence(clip.files, fps)
