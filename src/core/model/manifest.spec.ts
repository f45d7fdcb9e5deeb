import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDefinition, anyManifest } from '../../../test/model/manifest'
import { chooseModel } from './choose'
import { modelDefinitionSchema, type ModelDefinition } from './definition'
import { modelDigest } from './digest'
import { MAX_MODEL_BYTES, modelIdOf, modelManifestSchema, type ModelManifest } from './manifest'

const problems = (manifest: unknown): readonly string[] => {
  const parsed = modelManifestSchema.safeParse(manifest)
  return parsed.success ? [] : parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
}
const files = (count: number, bytes: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: at === 0 ? 'model.json' : `shard${at}`,
    bytes,
    sha256: at.toString(16).padStart(64, '0')
  }))

describe('a model’s manifest', () => {
  it('is taken when it is whole, and has an id that fits into an observation', () => {
    expect(problems(anyManifest())).toEqual([])
    const longest = { name: 'a'.repeat(40), version: 1_000_000_000 }
    expect(problems(anyManifest(longest))).toEqual([])
    expect(modelIdOf(anyManifest(longest)).length).toBeLessThanOrEqual(80)
  })

  it.each<[string, object, RegExp]>([
    ['the built-in model’s name', { name: 'coco-ssd' }, /^name: /],
    ['a name that is a path', { name: '../eyes' }, /^name: /],
    ['version 0', { version: 0 }, /^version: /],
    ['a field nobody knows', { surprise: 1 }, /surprise/],
    ['a file in a folder', { files: [{ ...files(1, 1)[0], path: '../model.json' }] }, /^files\.0\.path: /],
    ['no entry among the files', { files: files(2, 1).slice(1) }, /^files: model\.json, the entry/],
    ['one file twice', { files: [...files(2, 1), ...files(1, 1)] }, /^files: a file is named twice/],
    ['more files than allowed', { files: files(65, 1) }, /^files: /],
    ['more bytes than allowed', { files: files(2, MAX_MODEL_BYTES / 2 + 1) }, /^files: more than 268435456/],
    ['an end before its issue', { expiresAt: '2025-01-01T00:00:00.000Z' }, /^expiresAt: /]
  ])('is refused with %s', (_what, change, expected) => {
    expect(problems(anyManifest(change as Partial<ModelManifest>)).join('\n')).toMatch(expected)
  })

  it('is refused when the measurement was another model’s', () => {
    const { measured } = anyManifest()
    const other = anyManifest({ files: files(1, 3), measured })
    expect(problems(other)).toEqual(['measured: another model was measured than this one'])
    const unmeasured = Object.fromEntries(Object.entries(anyManifest()).filter(([key]) => key !== 'measured'))
    expect(problems(unmeasured).join()).toMatch(/measured/)
  })

  it.each<[string, Partial<ModelDefinition>, RegExp]>([
    ['a label no rule knows', { classes: [{ label: 'dog' as 'book', column: 1 }] }, /classes\.0\.label/],
    ['one label twice', { classes: [...anyDefinition.classes, { label: 'book', column: 9 }] }, /named twice/],
    [
      'no phone',
      { classes: anyDefinition.classes.filter(({ label }) => label !== 'cell phone') },
      /cell phone/
    ],
    ['a range turned round', { input: { ...anyDefinition.input, range: [1, 0] } }, /input\.range/],
    ['fewer samples than it says', { golden: { ...anyDefinition.golden, outputs: 9 } }, /golden\.samples/],
    ['a decoder that is not in the list', { decoder: { kind: 'yolo' } as never }, /decoder/]
  ])('a definition with %s is refused by its field', (_what, change, expected) => {
    const parsed = modelDefinitionSchema.safeParse({ ...anyDefinition, ...change })
    const text = parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n')
    expect(text).toMatch(expected)
  })
})

describe('modelDigest', () => {
  it('does not change with the order of keys or files, and changes with anything else', () => {
    const two = files(3, 5)
    const base = modelDigest(anyDefinition, two)
    const turned = Object.fromEntries(Object.entries(anyDefinition).reverse()) as ModelDefinition
    expect(modelDigest(turned, [...two].reverse())).toBe(base)
    const otherColumns = anyDefinition.classes.map((one) => ({ ...one, column: one.column + 1 }))
    for (const changed of [
      { ...anyDefinition, classes: otherColumns },
      { ...anyDefinition, input: { ...anyDefinition.input, colour: 'BGR' as const } },
      { ...anyDefinition, decoder: { kind: 'coco-ssd' as const } }
    ])
      expect(modelDigest(changed, two)).not.toBe(base)
    expect(modelDigest(anyDefinition, files(3, 6))).not.toBe(base)
  })
})

describe('chooseModel', () => {
  const manifest = fc
    .record({ name: fc.constantFrom('desk-eyes', 'other-eyes'), version: fc.integer({ min: 1, max: 6 }) })
    .map((change) => anyManifest(change))
  const choice = fc.record({
    name: fc.constant('desk-eyes'),
    minVersion: fc.integer({ min: 1, max: 6 }),
    orBuiltIn: fc.boolean()
  })

  it('without a word of the policy it is the built-in one, whatever is installed', () => {
    fc.assert(
      fc.property(fc.array(manifest), (installed) => {
        expect(chooseModel(undefined, installed, new Set())).toEqual({ kind: 'built-in', instead: false })
      })
    )
  })

  it('takes the newest whole one that the policy allows, and nothing else in its place unless that is allowed', () => {
    fc.assert(
      fc.property(
        choice,
        fc.array(manifest),
        fc.array(fc.integer({ min: 1, max: 6 })),
        (wanted, installed, bad) => {
          const broken = new Set(bad.map((version) => modelIdOf(anyManifest({ name: 'desk-eyes', version }))))
          const good = installed.filter(
            (one) =>
              one.name === wanted.name && one.version >= wanted.minVersion && !broken.has(modelIdOf(one))
          )
          const chosen = chooseModel(wanted, installed, broken)
          if (good.length > 0) {
            const newest = Math.max(...good.map(({ version }) => version))
            expect(chosen).toMatchObject({
              kind: 'installed',
              manifest: { name: wanted.name, version: newest }
            })
          } else
            expect(chosen).toEqual(wanted.orBuiltIn ? { kind: 'built-in', instead: true } : { kind: 'none' })
        }
      )
    )
  })
})
