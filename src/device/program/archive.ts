import { open } from 'node:fs/promises'
import { z } from 'zod'

/**
 * An asar archive (electron/asar): two Pickle frames, then JSON that names every file with its size and its offset
 * behind the header, then the files. What was left unpacked has no bytes here.
 */
interface Node {
  readonly files?: Readonly<Record<string, Node>> | undefined
  readonly size?: number | undefined
  readonly offset?: string | undefined
  readonly unpacked?: boolean | undefined
}

const nodeSchema: z.ZodType<Node> = z.object({
  files: z
    .record(
      z.string(),
      z.lazy(() => nodeSchema)
    )
    .optional(),
  size: z.number().int().nonnegative().optional(),
  offset: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
  unpacked: z.boolean().optional()
})

/** A file of an archive: where its bytes stand in the archive's own. */
export interface ArchivedFile {
  readonly path: string
  readonly from: number
  readonly bytes: number
}

const FRAME_BYTES = 16
const MAX_HEADER_BYTES = 16 * 1024 * 1024

/** Lists the files of an archive, in the order of their paths. Throws when it is none. */
export async function filesInArchive(path: string): Promise<readonly ArchivedFile[]> {
  const file = await open(path, 'r')
  try {
    const frame = Buffer.alloc(FRAME_BYTES)
    await file.read(frame, 0, FRAME_BYTES, 0)
    const headerBytes = frame.readUInt32LE(4)
    const jsonBytes = frame.readUInt32LE(12)
    if (jsonBytes > MAX_HEADER_BYTES || jsonBytes > headerBytes)
      throw new Error('its header has no such size')
    const json = Buffer.alloc(jsonBytes)
    await file.read(json, 0, jsonBytes, FRAME_BYTES)
    return filesOf(nodeSchema.parse(JSON.parse(json.toString('utf8'))), '', 8 + headerBytes)
  } finally {
    await file.close()
  }
}

function filesOf(node: Node, under: string, start: number): readonly ArchivedFile[] {
  const found = Object.entries(node.files ?? {}).flatMap(([name, inner]): readonly ArchivedFile[] => {
    const path = under === '' ? name : `${under}/${name}`
    if (inner.files !== undefined) return filesOf(inner, path, start)
    if (inner.unpacked === true || inner.offset === undefined) return []
    return [{ path, from: start + Number(inner.offset), bytes: inner.size ?? 0 }]
  })
  return [...found].sort((one, other) => (one.path < other.path ? -1 : 1))
}
