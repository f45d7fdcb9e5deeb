import { z } from 'zod'

/** Truth of a whole picture, where the annotator wrote it down. */
export const tagsSchema = z.looseObject({
  n_person: z.number().int().min(0).optional(),
  has_phone: z.boolean().optional(),
  has_book: z.boolean().optional(),
  has_laptop: z.boolean().optional(),
  /** A crowd that nobody counted: more than one person. */
  person_crowd: z.boolean().optional(),
  /** Area of the largest phone as a share of the picture, 0 to 1. */
  phone_max_area: z.number().min(0).max(1).optional()
})
export type Tags = z.infer<typeof tagsSchema>

/** The part of a COCO annotation file that counts: pictures, boxes, what the boxes show. Other fields are welcome. */
export const cocoSchema = z.object({
  images: z
    .array(
      z.looseObject({
        id: z.number(),
        file_name: z.string().min(1),
        width: z.number().positive().optional(),
        height: z.number().positive().optional(),
        /** Which classes were looked for in this picture: `all 80 COCO classes`, or their names with commas. */
        exhaustive_for: z.string().optional(),
        tags: tagsSchema.optional()
      })
    )
    .min(1),
  annotations: z.array(
    z.object({
      image_id: z.number(),
      category_id: z.number(),
      iscrowd: z.union([z.literal(0), z.literal(1)]).optional(),
      /** Left, upper, width, height in pixels. */
      bbox: z.tuple([z.number(), z.number(), z.number(), z.number()]).optional()
    })
  ),
  categories: z.array(z.object({ id: z.number(), name: z.string().min(1) }))
})
export type Coco = z.infer<typeof cocoSchema>
export type CocoImage = Coco['images'][number]

/** What to do about a field that is wrong, by the field's name. */
export const cocoRemedies: Readonly<Record<string, string>> = {
  '': 'It has to hold "images", "annotations" and "categories", as the COCO format has them.',
  images: 'List at least one picture as { "id", "file_name" }.',
  annotations:
    'List the boxes as { "image_id", "category_id", "bbox" }; an empty list is fine where tags decide.',
  categories: 'List the classes as { "id", "name" }.',
  id: 'Give it a number that no other entry has.',
  file_name: 'Write the name of the picture in the folder images/.',
  width: 'Write the width in pixels, or leave it out.',
  height: 'Write the height in pixels, or leave it out.',
  image_id: 'Write the id of a picture in "images".',
  category_id: 'Write the id of a class in "categories".',
  iscrowd: 'Write 0 or 1, or leave it out.',
  bbox: 'Write [left, upper, width, height] in pixels, or leave it out.',
  name: 'Write the name of the class.',
  measured: 'Name at least one of them person, cell phone, book, laptop or tv, or tag the pictures.',
  n_person: 'Write how many people are in the picture, as a whole number.',
  has_phone: 'Write true or false.',
  has_book: 'Write true or false.',
  has_laptop: 'Write true or false.',
  person_crowd: 'Write true or false.',
  phone_max_area: 'Write the share of the picture, from 0 to 1.'
}
