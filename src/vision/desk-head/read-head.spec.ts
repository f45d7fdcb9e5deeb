import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ModelError } from '../graph/graph-def'
import { headFiles, readDeskHead, type DeskHead } from './read-head'

/** The head that ships: small enough to lie in the repository. */
const shipped = resolve(import.meta.dirname, '../../../models/desk-head')
const bytes = new Uint8Array(readFileSync(resolve(shipped, headFiles.weights)))
const text = readFileSync(resolve(shipped, headFiles.layers), 'utf8')
const encoded = (json: string): Uint8Array => new TextEncoder().encode(json)
const read = (json: string, weights: Uint8Array = bytes): DeskHead =>
  readDeskHead(
    new Map([
      [headFiles.layers, encoded(json)],
      [headFiles.weights, weights]
    ])
  )

type Path = readonly (string | number)[]
type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
const parsed = (): Json => JSON.parse(text) as Json

/** Every place in the document: the fields of the head and those of each layer. */
const pathsOf = (value: Json, path: Path = []): readonly Path[] =>
  value !== null && typeof value === 'object'
    ? [
        path,
        ...(Array.isArray(value) ? [...value.entries()] : Object.entries(value)).flatMap(([key, one]) =>
          pathsOf(one, [...path, key])
        )
      ]
    : [path]
/** The document with another value at one place, or nothing there. */
const changed = (value: Json, [key, ...rest]: Path, to: Json | undefined): Json | undefined => {
  if (key === undefined) return to
  if (Array.isArray(value))
    return value.flatMap((one, index) => (index === key ? (changed(one, rest, to) ?? []) : [one]))
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).flatMap(([name, one]) => {
    const next = name === key ? changed(one, rest, to) : one
    return next === undefined ? [] : [[name, next] as const]
  })
  return Object.fromEntries(entries)
}
const withChange = (path: Path, to: Json | undefined): string =>
  JSON.stringify(changed(parsed(), path, to) ?? null)

/** What a head must be for the network to be built from it. */
const expectUsable = ({ layers, output, cells, kinds, unitSize }: DeskHead): void => {
  expect(Number.isInteger(cells) && cells > 0).toBe(true)
  expect(kinds).toContain('phone')
  expect(unitSize > 0 && unitSize <= 1).toBe(true)
  expect(layers.some(({ name }) => name === output)).toBe(true)
  for (const layer of layers) {
    if (layer.kind === 'join') expect(layer.inputs.length).toBeGreaterThan(0)
    if (layer.kind === 'widen') expect(Number.isInteger(layer.size) && layer.size > 0).toBe(true)
    if (!('filter' in layer)) continue
    const [height = 0, width = 0, from = 0, to = 0] = layer.filter.shape
    expect(layer.filter.shape.every((side) => Number.isInteger(side) && side > 0)).toBe(true)
    expect(layer.filter.data.length).toBe(height * width * from * to)
    expect(layer.bias.length).toBe(layer.kind === 'depthwise' ? from : to)
    expect(layer.filter.data.every(Number.isFinite) && layer.bias.every(Number.isFinite)).toBe(true)
  }
}

describe('readDeskHead', () => {
  it('reads the head that ships', () => {
    expectUsable(read(text))
  })

  it.each<[string, Path, Json | undefined]>([
    ['cells', ['cells'], 0],
    ['cells', ['cells'], 18.5],
    ['cells', ['cells'], '19'],
    ['cells', ['cells'], undefined],
    ['cells', ['cells'], 1e9],
    ['kinds', ['kinds'], undefined],
    ['kinds', ['kinds'], 'phone'],
    ['kinds', ['kinds'], []],
    ['kinds', ['kinds'], ['book']],
    ['kinds', ['kinds'], ['phone', 'phone']],
    ['kinds', ['kinds'], ['phone', 'elephant']],
    ['unitSize', ['unitSize'], 0],
    ['unitSize', ['unitSize'], -0.2],
    ['unitSize', ['unitSize'], null],
    ['output', ['output'], ''],
    ['output', ['output'], 'no such layer'],
    ['layers', ['layers'], {}],
    ['layers', ['layers', 0], 7],
    ['kind', ['layers', 0, 'kind'], 'dense'],
    ['name', ['layers', 0, 'name'], undefined],
    ['input', ['layers', 0, 'input'], 3],
    ['shape', ['layers', 0, 'shape'], [1, 1, 576]],
    ['shape', ['layers', 0, 'shape'], [1, 1, -576, 128]],
    ['shape', ['layers', 0, 'shape'], [1, 1, 57.6, 128]],
    ['at', ['layers', 0, 'at'], 'start'],
    ['scale', ['layers', 0, 'scale'], null],
    ['scale', ['layers', 0, 'scale'], 1e308],
    ['biasAt', ['layers', 0, 'biasAt'], undefined],
    ['biasScale', ['layers', 0, 'biasScale'], '1'],
    ['activation', ['layers', 0, 'activation'], 'tanh'],
    ['size', ['layers', 2, 'size'], 0],
    ['inputs', ['layers', 3, 'inputs'], []],
    ['inputs', ['layers', 3, 'inputs'], 'desk-head/fine']
  ])('refuses a wrong %s (%j: %j) and names it', (field, path, to) => {
    const refusal = expect(() => read(withChange(path, to)))
    refusal.toThrow(ModelError)
    refusal.toThrow(new RegExp(`^${headFiles.layers}: ${field} must be `))
  })

  it.each([
    ['that end too soon', bytes.subarray(0, bytes.length - 2)],
    ['that are empty', new Uint8Array(0)]
  ])('refuses weights %s, and names both files', (_, weights) => {
    expect(() => read(text, weights)).toThrow(/weights\.bin ends before the weights that head\.json names/)
  })

  it('refuses a head with a file missing, or that is no JSON, by name', () => {
    expect(() => readDeskHead(new Map([[headFiles.layers, encoded(text)]]))).toThrow(/weights\.bin/)
    expect(() => readDeskHead(new Map([[headFiles.weights, bytes]]))).toThrow(/head\.json/)
    expect(() => read(text.slice(1))).toThrow(/head\.json is not JSON/)
  })

  it('answers nothing but a usable head or a ModelError, whatever stands at any place', () => {
    const paths = pathsOf(parsed())
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        fc.option(fc.oneof(fc.jsonValue(), fc.double(), fc.integer()), { nil: undefined }),
        (path, to) => {
          let head: DeskHead
          try {
            head = read(withChange(path, to as Json | undefined))
          } catch (error) {
            expect(error).toBeInstanceOf(ModelError)
            return
          }
          expectUsable(head)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('answers nothing but a usable head or a ModelError, whichever characters of the file are changed', () => {
    const file = encoded(text)
    fc.assert(
      fc.property(fc.nat(file.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const broken = file.slice()
        broken[at] = (broken[at] ?? 0) ^ flip
        let head: DeskHead
        try {
          head = readDeskHead(
            new Map([
              [headFiles.layers, broken],
              [headFiles.weights, bytes]
            ])
          )
        } catch (error) {
          expect(error).toBeInstanceOf(ModelError)
          return
        }
        expectUsable(head)
      }),
      { numRuns: 60 }
    )
  })
})
