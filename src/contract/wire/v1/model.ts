import { z } from 'zod'
import { modelEnvelopeSchema } from '../../../core/model/envelope'
import { modelNameSchema } from '../../../core/model/manifest'

/** So many names of models one organisation may have in use. */
export const MAX_OFFERED_MODELS = 16

/** What the hub hands out: a name and its newest version. */
export const offeredModelSchema = z.strictObject({
  name: modelNameSchema,
  version: z.number().int().positive()
})
export type OfferedModel = z.infer<typeof offeredModelSchema>

/**
 * Bytes of a model's file per request. One request of a device is under way at a time, so an alert waits for at most
 * one piece: a second and a half at 1 Mbit/s.
 */
export const MODEL_PIECE_BYTES = 128 * 1024

/** How many pieces a file of so many bytes has. */
export const piecesOf = (bytes: number): number => Math.ceil(bytes / MODEL_PIECE_BYTES)

/** GET /device/v1/models/NAME/VERSION: the signed manifest. Proof over an empty body. */
export const modelReplySchema = modelEnvelopeSchema
export const modelPath = ({ name, version }: OfferedModel): string => `/device/v1/models/${name}/${version}`

/** GET /device/v1/model-files/SHA256/PIECE: one piece of a file, counted from 0. Proof over an empty body. */
export const modelPieceReplySchema = z.strictObject({
  v: z.literal(1),
  data: z.base64().max(Math.ceil(MODEL_PIECE_BYTES / 3) * 4)
})
export type ModelPieceReply = z.infer<typeof modelPieceReplySchema>
export const modelPiecePath = (sha256: string, piece: number): string =>
  `/device/v1/model-files/${sha256}/${piece}`
