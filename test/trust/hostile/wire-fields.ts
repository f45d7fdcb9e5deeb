import type { z } from 'zod'
import { acceptedSchema } from '../../../src/contract/wire/v1/accepted'
import * as accommodation from '../../../src/contract/wire/v1/accommodation'
import { ownAlertsReplySchema } from '../../../src/contract/wire/v1/alert-life'
import * as attestation from '../../../src/contract/wire/v1/attestation'
import * as breakGlass from '../../../src/contract/wire/v1/break-glass'
import * as device from '../../../src/contract/wire/v1/device'
import { instructionsReplySchema } from '../../../src/contract/wire/v1/instruction'
import * as offline from '../../../src/contract/wire/v1/offline'
import * as model from '../../../src/contract/wire/v1/model'

/** Every schema of what a hub says to a device, by the name it is exported under: `syncReplySchema` is `sync`. */
export const replies: Readonly<Record<string, z.ZodType>> = Object.fromEntries(
  Object.entries<unknown>({
    ...device,
    ...attestation,
    ...accommodation,
    ...breakGlass,
    ...model,
    ...offline,
    instructionsReplySchema,
    ownAlertsReplySchema,
    appealReplySchema: acceptedSchema
  }).flatMap(([name, schema]) => {
    const named = /^(\w+?)(Reply|Error)Schema$/.exec(name)
    return named?.[1] === undefined ? [] : [[named[1] === 'hub' ? 'error' : named[1], schema as z.ZodType]]
  })
)

interface Def {
  readonly type: string
  readonly shape?: Readonly<Record<string, z.ZodType>>
  readonly element?: z.ZodType
  readonly innerType?: z.ZodType
  readonly options?: readonly z.ZodType[]
}

/** The leaves of a schema: `sync.models[].version`. Throws on a kind of schema it cannot see through. */
export function fieldsOf(name: string, schema: z.ZodType): readonly string[] {
  const { type, shape, element, innerType, options } = schema.def as unknown as Def
  switch (type) {
    case 'object':
      return Object.entries(shape ?? {}).flatMap(([key, value]) => fieldsOf(`${name}.${key}`, value))
    case 'array':
      return element === undefined ? [name] : fieldsOf(`${name}[]`, element)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'readonly':
      return innerType === undefined ? [name] : fieldsOf(name, innerType)
    case 'union':
      return [...new Set((options ?? []).flatMap((option) => fieldsOf(name, option)))]
    case 'string':
    case 'number':
    case 'boolean':
    case 'literal':
    case 'enum':
      return [name]
    default:
      throw new Error(`${name} is a ${type}: say here which fields of it come down`)
  }
}
