import { model, modelBytes } from '../documents'
import { json } from '../../lying-hub'
import type { Surface } from '../case'
import type { Workstation } from '../../workstation'
import { envelopeCases } from './envelope'

const again = (station: Workstation): Promise<void> => {
  station.skipped += 11 * 60_000
  return station.speak()
}
const piece = (bytes: Uint8Array) => () => json({ v: 1, data: Buffer.from(bytes).toString('base64') })
const refused = 'desk-eyes version 3: '

/** Tried on a desk that has no model yet. */
export const modelManifest: Surface = {
  path: '/device/v1/models/*',
  provoke: again,
  cases: {
    ...envelopeCases('model', model, {
      form: (field) => `models/desk-eyes: the reply is not the hub's (${field})`,
      unsigned: `${refused}not signed`
    })
  }
}
export const modelPieces: Surface = {
  path: '/device/v1/model-files/*',
  provoke: again,
  cases: {
    'modelPiece.v': [
      {
        what: 'a piece of another version',
        lie: () => json({ v: 2, data: modelBytes.toString('base64') }),
        record: "model-files: the reply is not the hub's (v)"
      }
    ],
    'modelPiece.data': [
      {
        what: 'a piece of another length',
        lie: piece(Buffer.concat([modelBytes, modelBytes])),
        record: `${refused}model.json: a piece of another length`
      },
      {
        what: 'other bytes than those that were signed',
        lie: piece(Buffer.alloc(modelBytes.length)),
        record: `${refused}model.json: not the bytes that were signed`
      }
    ]
  }
}
