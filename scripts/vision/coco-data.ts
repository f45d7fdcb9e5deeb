import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** The part of a COCO annotation file that counts: pictures, boxes, and what the boxes show. */
const schema = z.object({
  images: z.array(z.object({ id: z.number(), file_name: z.string() })),
  annotations: z.array(
    z.object({ image_id: z.number(), category_id: z.number(), iscrowd: z.number().optional() })
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string() }))
})

/** What is true of one picture. */
export interface Truth {
  readonly phone: boolean
  readonly book: boolean
  /** More than one person; a crowd counts as more than one. */
  readonly people: boolean
  /** Any of the three: what a desk should hide for. */
  readonly scene: boolean
}
export interface LabelledPicture {
  readonly path: string
  readonly truth: Truth
}

/** Reads `DIR/annotations.json` and `DIR/images/`. Throws when the file is not of the COCO form. */
export const readCocoFolder = (folder: string): readonly LabelledPicture[] => {
  const data = schema.parse(JSON.parse(readFileSync(join(folder, 'annotations.json'), 'utf8')))
  const names = new Map(data.categories.map(({ id, name }) => [id, name]))
  return data.images.map(({ id, file_name }): LabelledPicture => {
    const here = data.annotations.filter(({ image_id }) => image_id === id)
    const has = (...labels: readonly string[]): boolean =>
      here.some(({ category_id }) => labels.includes(names.get(category_id) ?? ''))
    const persons = here.filter(({ category_id }) => names.get(category_id) === 'person')
    const truth = {
      phone: has('cell phone'),
      book: has('book', 'notebook'),
      people: persons.length + persons.filter(({ iscrowd }) => iscrowd === 1).length > 1
    }
    return {
      path: join(folder, 'images', file_name),
      truth: { ...truth, scene: truth.phone || truth.book || truth.people }
    }
  })
}
