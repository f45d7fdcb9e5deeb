import type { Pixels } from '../../../../src/vision/detector'

const end = Buffer.from('ENDHDR\n')
/** A header is some eighty bytes; what has none within this is no picture. */
const longestHeader = 1024

interface Header {
  readonly width: number
  readonly height: number
  /** Bytes of header and picture together. */
  readonly total: number
  readonly from: number
}

const headerOf = (buffer: Buffer): Header | null => {
  const at = buffer.indexOf(end)
  if (at < 0) {
    if (buffer.length > longestHeader) throw new Error('The decoder sent something that is no PAM picture.')
    return null
  }
  const text = buffer.toString('latin1', 0, at)
  const field = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1] ?? NaN)
  const [width, height, depth] = [field('WIDTH'), field('HEIGHT'), field('DEPTH')]
  if (!text.startsWith('P7\n') || !(width > 0) || !(height > 0) || depth !== 4)
    throw new Error(`The decoder sent a picture of an unknown kind: ${text.slice(0, 80)}`)
  const from = at + end.length
  return { width, height, from, total: from + width * height * 4 }
}

/** Cuts a stream of PAM pictures with four bytes a pixel into pictures. Throws on anything else. */
export const pamReader = (): ((chunk: Buffer) => readonly Pixels[]) => {
  let pending: Buffer[] = []
  let have = 0
  // Chunks are joined only once a whole picture is there: joining at each would copy a picture twenty times.
  let need = 1
  return (chunk) => {
    pending.push(chunk)
    have += chunk.length
    const pixels: Pixels[] = []
    while (have >= need) {
      const buffer = pending.length === 1 && pending[0] ? pending[0] : Buffer.concat(pending)
      const header = headerOf(buffer)
      pending = [buffer]
      if (header === null || have < header.total) {
        need = header?.total ?? have + 1
        break
      }
      const { width, height, from, total } = header
      pixels.push({ width, height, data: buffer.subarray(from, total) })
      pending = [buffer.subarray(total)]
      have -= total
      need = 1
    }
    return pixels
  }
}
