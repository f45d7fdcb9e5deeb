import { join } from 'node:path'
import { areaOf, clipped, sharedArea } from '../../../../src/vision/overlap'
import type { Coco, CocoImage } from './coco-schema'
import { questionOf, screensLookedFor } from './names'
import { sceneOf, type LabelledBox, type LabelledPicture } from './truth'

/** From this share of the picture on, a box says only that something is there, not where. */
const wholePicture = 0.995
/** A phone with this share of its box within a person's is taken as held, or lying before them. */
const heldShare = 0.25

interface Label {
  readonly name: string
  readonly crowd: boolean
  readonly bbox?: readonly [number, number, number, number] | undefined
}

const boxesOf = ({ width, height }: CocoImage, labels: readonly Label[]): readonly LabelledBox[] => {
  if (width === undefined || height === undefined) return []
  return labels.flatMap(({ name, bbox }): LabelledBox[] => {
    const question = questionOf(name)
    if (question === null || bbox === undefined) return []
    const [left, top, across, down] = bbox
    const box = clipped({ x: left / width, y: top / height, width: across / width, height: down / height })
    return areaOf(box) >= wholePicture ? [] : [{ question, box }]
  })
}

const textsOf = (fields: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] =>
  Object.entries(fields).flatMap(([name, value]): (readonly [string, string])[] =>
    typeof value === 'boolean' || (typeof value === 'string' && value !== '') ? [[name, String(value)]] : []
  )

/**
 * The truth of one picture. A tag, being a statement about the whole picture, decides where it is given; boxes decide
 * otherwise. `disagree` when the two contradict one another.
 */
export const truthOf = (
  folder: string,
  image: CocoImage,
  annotations: Coco['annotations'],
  names: ReadonlyMap<number, string>
): { readonly picture: LabelledPicture; readonly disagree: boolean } => {
  const { tags, file_name: file } = image
  const labels = annotations.map(({ category_id, iscrowd, bbox }): Label => ({
    name: names.get(category_id) ?? '',
    crowd: iscrowd === 1,
    bbox
  }))
  const of = (question: string): readonly Label[] =>
    labels.filter(({ name }) => questionOf(name) === question)
  const people = of('people')
  const crowd = tags?.person_crowd === true || people.some((person) => person.crowd)
  const persons = tags?.n_person ?? people.length
  const fromBoxes = {
    phone: of('phone').length > 0,
    book: of('book').length > 0,
    people: crowd || people.length > 1
  }
  const facts = {
    phone: tags?.has_phone ?? fromBoxes.phone,
    book: tags?.has_book ?? fromBoxes.book,
    people: crowd || persons > 1
  }
  const anyScreen = of('screen').length > 0 || tags?.has_laptop === true
  const boxes = boxesOf(image, labels)
  const phones = boxes.filter(({ question }) => question === 'phone')
  const personBoxes = boxes.filter(({ question }) => question === 'people')
  const held = phones.some(({ box: phone }) =>
    personBoxes.some(({ box }) => sharedArea(phone, box) >= heldShare * areaOf(phone))
  )
  const largest = Math.max(0, ...phones.map(({ box }) => areaOf(box)))
  const tagged = tags?.phone_max_area ?? 0
  const share = tagged > 0 ? tagged : largest
  return {
    picture: {
      file,
      path: join(folder, 'images', file),
      truth: {
        ...facts,
        scene: sceneOf(facts),
        screen: anyScreen ? true : screensLookedFor(image.exhaustive_for, [...names.values()]) ? false : null
      },
      persons: crowd ? null : persons,
      phoneShare: facts.phone && share > 0 ? share : null,
      phoneHeld: phones.length > 0 ? held : null,
      boxes,
      tags: Object.fromEntries(textsOf(tags ?? {})),
      fields: Object.fromEntries(textsOf({ ...image, file_name: null }))
    },
    disagree:
      facts.phone !== fromBoxes.phone || facts.book !== fromBoxes.book || facts.people !== fromBoxes.people
  }
}
