import { z } from 'zod'
import { recordSchema, type OutboxRecord } from '../../../contract/wire/v1/device'
import { seal, unseal } from '../seal'

const TABLE = 'record_v1'
/** The row of a boot that says which sequences it must have. */
export const MARK_SEQ = -1

/** What a boot must have: every sequence from `ackBelow` up to but not including `nextSeq`. */
export const markSchema = z.strictObject({
  ackBelow: z.number().int().nonnegative(),
  nextSeq: z.number().int().nonnegative(),
  /** Request numbers below this one may have been used. */
  requestCeiling: z.number().int().nonnegative(),
  /** The newest records by the handles main gave them: one that is sent again after a crash is known. */
  recent: z.array(z.tuple([z.string().max(64), z.number().int().nonnegative()])).max(16)
})
export const RECENT_HANDLES = 16
export type Mark = z.infer<typeof markSchema>

/** One row as it lies in the file. */
export interface SealedRow {
  readonly boot: string
  readonly seq: number
  readonly sealed: Uint8Array
}

export function sealRecord(key: Uint8Array, boot: string, record: OutboxRecord): Uint8Array {
  return seal(key, bytesOf(record), [TABLE, 'record', boot, record.seq])
}

/** The record, or null when the row is not exactly what was written under this boot and sequence. */
export function openRecord(key: Uint8Array, row: SealedRow): OutboxRecord | null {
  const record = recordSchema.safeParse(jsonOf(unseal(key, row.sealed, [TABLE, 'record', row.boot, row.seq])))
  return record.success && record.data.seq === row.seq ? record.data : null
}

export function sealMark(key: Uint8Array, boot: string, mark: Mark): Uint8Array {
  return seal(key, bytesOf(mark), [TABLE, 'mark', boot, MARK_SEQ])
}

export function openMark(key: Uint8Array, row: SealedRow): Mark | null {
  const mark = markSchema.safeParse(jsonOf(unseal(key, row.sealed, [TABLE, 'mark', row.boot, row.seq])))
  return mark.success ? mark.data : null
}

/** Reads a row of the table without trusting its types. */
export function readRow(row: unknown): SealedRow | null {
  const parsed = rowSchema.safeParse(row)
  return parsed.success ? parsed.data : null
}
const rowSchema = z.object({ boot: z.string(), seq: z.number().int(), sealed: z.instanceof(Uint8Array) })

const bytesOf = (value: object): Uint8Array => Buffer.from(JSON.stringify(value), 'utf8')

function jsonOf(plain: Uint8Array | null): unknown {
  return plain === null ? null : JSON.parse(Buffer.from(plain).toString('utf8'))
}
