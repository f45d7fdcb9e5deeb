import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { DataError } from '../data-error'
import { readGroups } from './groups'
import { readCocoFolder } from './read-coco'

const root = mkdtempSync(join(tmpdir(), 'havendesk-labels-'))
afterAll(() => rmSync(root, { recursive: true }))

interface Parts {
  readonly images?: unknown
  readonly annotations?: unknown
  readonly categories?: unknown
}
const categories = [
  { id: 1, name: 'person' },
  { id: 2, name: 'cell phone' },
  { id: 3, name: 'notebook' },
  { id: 4, name: 'laptop' },
  { id: 5, name: 'tv' },
  { id: 6, name: 'banana' }
]
let count = 0
const folderOf = (parts: Parts | string): string => {
  const folder = join(root, String((count += 1)))
  mkdirSync(join(folder, 'images'), { recursive: true })
  const whole =
    typeof parts === 'string'
      ? parts
      : JSON.stringify({ images: [image()], annotations: [], categories, ...parts })
  writeFileSync(join(folder, 'annotations.json'), whole)
  return folder
}
const image = (over: object = {}) => ({ id: 1, file_name: 'a.jpg', width: 100, height: 100, ...over })
const box = (category_id: number, bbox: readonly number[] = [0, 0, 10, 10], over: object = {}) => ({
  image_id: 1,
  category_id,
  bbox,
  ...over
})
const only = (parts: Parts) => {
  const { pictures, disagreeing } = readCocoFolder(folderOf(parts))
  const [picture] = pictures
  if (!picture) throw new Error('no picture')
  return { ...picture, disagreeing }
}

describe('readCocoFolder', () => {
  it('takes phones, books by either name, and more than one person for a scene', () => {
    expect(only({ annotations: [box(1)] }).truth).toMatchObject({ people: false, scene: false })
    expect(only({ annotations: [box(2)] }).truth).toMatchObject({ phone: true, scene: true })
    expect(only({ annotations: [box(3)] }).truth).toMatchObject({ book: true, scene: true })
    expect(only({ annotations: [box(1), box(1)] })).toMatchObject({
      persons: 2,
      truth: { people: true, scene: true }
    })
    expect(only({ annotations: [box(6)] }).truth.scene).toBe(false)
  })

  it('counts a crowd as more than one person, of a number that nobody knows', () => {
    const crowd = only({ annotations: [box(1, [0, 0, 50, 50], { iscrowd: 1 })] })
    expect(crowd).toMatchObject({ persons: null, truth: { people: true } })
  })

  it('lets tags of whole pictures decide, and says when boxes contradict them', () => {
    const tagged = only({ images: [image({ tags: { n_person: 2, has_phone: true, has_book: false } })] })
    expect(tagged.truth).toMatchObject({ phone: true, book: false, people: true })
    expect(tagged.disagreeing).toBe(1)
    const agreed = only({
      images: [image({ tags: { n_person: 1, has_phone: false } })],
      annotations: [box(1, [0, 0, 100, 100])]
    })
    expect(agreed).toMatchObject({ disagreeing: 0, persons: 1, boxes: [] })
  })

  it('knows no size of a phone whose box is the whole picture', () => {
    expect(only({ annotations: [box(2, [0, 0, 100, 100])] })).toMatchObject({
      phoneShare: null,
      truth: { phone: true }
    })
    expect(only({ annotations: [box(2, [0, 0, 20, 30])] }).phoneShare).toBeCloseTo(0.06)
  })

  it('takes a phone as held when a quarter of it lies within a person', () => {
    const phone = box(2, [40, 40, 20, 20])
    expect(only({ annotations: [phone, box(1, [0, 0, 46, 100])] }).phoneHeld).toBe(true)
    expect(only({ annotations: [phone, box(1, [0, 0, 44, 100])] }).phoneHeld).toBe(false)
    expect(only({}).phoneHeld).toBeNull()
  })

  it('calls a picture free of screens only where somebody looked for them', () => {
    expect(only({ annotations: [box(4)] }).truth.screen).toBe(true)
    expect(only({}).truth.screen).toBe(false)
    expect(only({ images: [image({ exhaustive_for: 'person, laptop' })] }).truth.screen).toBeNull()
    expect(only({ images: [image({ exhaustive_for: 'all classes' })] }).truth.screen).toBe(false)
    expect(only({ categories: categories.slice(0, 2) }).truth.screen).toBeNull()
  })

  it('keeps what else the labels say, tags and fields apart', () => {
    expect(
      only({ images: [image({ camera: 'laptop', tags: { n_person: 1, glasses: true, light: 'lamp' } })] })
    ).toMatchObject({ tags: { glasses: 'true', light: 'lamp' }, fields: { camera: 'laptop' } })
  })
})

describe('labels that are refused, each with its place and a remedy', () => {
  it.each<readonly [string, Parts | string, RegExp]>([
    ['not JSON', '{', /annotations\.json is not JSON .* Export the annotations again/],
    ['no pictures', { images: [] }, /images: .*List at least one picture/],
    ['no classes', { categories: undefined }, /categories: .*List the classes/],
    [
      'a file name that is a number',
      { images: [image({ file_name: 7 })] },
      /images\[0\]\.file_name: .*Write the name/
    ],
    [
      'a tag that is a word',
      { images: [image({ tags: { n_person: 'two' } })] },
      /images\[0\]\.tags\.n_person: .*whole number/
    ],
    ['a box of three numbers', { annotations: [box(1, [1, 2, 3])] }, /annotations\[0\]\.bbox.*left, upper/],
    [
      'a class that is not listed',
      { annotations: [box(99)] },
      /annotations\[0\]\.category_id: no class has the id 99/
    ],
    [
      'a picture that is not listed',
      { annotations: [box(1, [0, 0, 1, 1], { image_id: 5 })] },
      /annotations\[0\]\.image_id: no picture has the id 5/
    ],
    ['one id twice', { images: [image(), image({ file_name: 'b.jpg' })] }, /images\[1\]\.id: 1 is taken/],
    ['a way out of the folder', { images: [image({ file_name: '../b.jpg' })] }, /leads out of images/],
    [
      'nothing that is measured',
      { categories: [{ id: 6, name: 'banana' }] },
      /categories: none of the classes/
    ]
  ])('%s', (_name, parts, message) => {
    expect(() => readCocoFolder(folderOf(parts))).toThrow(DataError)
    expect(() => readCocoFolder(folderOf(parts))).toThrow(message)
  })

  it('a folder that is not there, or has no pictures folder', () => {
    expect(() => readCocoFolder(join(root, 'none'))).toThrow(/There is no folder .*Pass one that holds/)
    const bare = join(root, 'bare')
    mkdirSync(bare)
    expect(() => readCocoFolder(bare)).toThrow(/has no annotations\.json/)
    writeFileSync(join(bare, 'annotations.json'), '{}')
    expect(() => readCocoFolder(bare)).toThrow(/has no folder images/)
  })
})

describe('groups of pictures', () => {
  const file = join(root, 'groups.json')
  it('are read by name, and refused when they name a picture that is not in the set', () => {
    writeFileSync(file, JSON.stringify({ backs: ['a.jpg'] }))
    expect([...(readGroups(file, ['a.jpg'])['backs'] ?? [])]).toEqual(['a.jpg'])
    expect(() => readGroups(file, ['b.jpg'])).toThrow(/backs: a\.jpg is not in the annotations/)
    writeFileSync(file, JSON.stringify({ backs: 'a.jpg' }))
    expect(() => readGroups(file, ['a.jpg'])).toThrow(/backs: .*Write \{ "name of the group"/)
    expect(() => readGroups(join(root, 'none.json'), [])).toThrow(/There is no file/)
  })
})
