import { existsSync } from 'node:fs'
import { join, normalize, sep } from 'node:path'
import { DataError } from '../data-error'
import { readJson } from '../read-json'
import { cocoRemedies, cocoSchema, type Coco } from './coco-schema'
import { questionOf } from './names'
import { truthOf } from './picture-truth'
import type { LabelledPicture } from './truth'

export interface LabelledFolder {
  readonly pictures: readonly LabelledPicture[]
  /** How many pictures have tags that contradict their boxes; the tags were followed. */
  readonly disagreeing: number
}

const parsed = (folder: string): Coco => {
  const file = join(folder, 'annotations.json')
  if (!existsSync(folder))
    throw new DataError(`There is no folder ${folder}. Pass one that holds images/ and annotations.json.`)
  if (!existsSync(file))
    throw new DataError(`${folder} has no annotations.json. Put the labels there, in the COCO format.`)
  if (!existsSync(join(folder, 'images')))
    throw new DataError(`${folder} has no folder images/. Put the pictures there.`)
  return readJson(file, cocoSchema, cocoRemedies, 'Export the annotations again.')
}

/** Refuses what has the right form and makes no sense. */
const assertConsistent = (folder: string, { images, annotations, categories }: Coco): void => {
  const refuse = (place: string, problem: string, field: string): never => {
    throw new DataError(
      `${join(folder, 'annotations.json')}: ${place}: ${problem}. ${cocoRemedies[field] ?? ''}`
    )
  }
  const ids = new Set<number>()
  images.forEach(({ id, file_name }, at) => {
    if (ids.has(id)) refuse(`images[${at}].id`, `${id} is taken by another picture`, 'id')
    ids.add(id)
    const place = normalize(file_name)
    if (place.startsWith('..') || place.startsWith(sep))
      refuse(`images[${at}].file_name`, `${file_name} leads out of images/`, 'file_name')
  })
  const classes = new Set(categories.map(({ id }) => id))
  annotations.forEach(({ image_id, category_id }, at) => {
    if (!ids.has(image_id))
      refuse(`annotations[${at}].image_id`, `no picture has the id ${image_id}`, 'image_id')
    if (!classes.has(category_id))
      refuse(`annotations[${at}].category_id`, `no class has the id ${category_id}`, 'category_id')
  })
  const tagged = images.some(({ tags }) => tags?.has_phone !== undefined || tags?.n_person !== undefined)
  if (!tagged && !categories.some(({ name }) => questionOf(name) !== null))
    refuse('categories', 'none of the classes is one that is measured', 'measured')
}

/**
 * Reads `DIR/annotations.json` (COCO format, `DIR/images/` beside it). Throws `DataError`, with the place and the
 * remedy, when something is missing, malformed or contradicts itself. Pictures are not opened.
 */
export const readCocoFolder = (folder: string): LabelledFolder => {
  const coco = parsed(folder)
  assertConsistent(folder, coco)
  const names = new Map(coco.categories.map(({ id, name }) => [id, name]))
  const byImage = new Map<number, Coco['annotations']>()
  coco.annotations.forEach((annotation) => {
    const list = byImage.get(annotation.image_id)
    if (list) list.push(annotation)
    else byImage.set(annotation.image_id, [annotation])
  })
  const read = coco.images.map((image) => truthOf(folder, image, byImage.get(image.id) ?? [], names))
  return {
    pictures: read.map(({ picture }) => picture),
    disagreeing: read.filter(({ disagree }) => disagree).length
  }
}
