import type { Promised } from '../../../bench/promised'
import type { StillResults } from './results'

/** Recall at a precision, as docs/vision.md publishes them for photographs of desks and rooms. */
const published = {
  scene: { recall: 0.8, precision: 0.95 },
  phone: { recall: 0.6, precision: 0.95 },
  book: { recall: 0.7, precision: 0.9 },
  people: { recall: 0.88, precision: 0.95 }
} as const
/** Share of the phones held up, of 5 % of the picture and more, that are found. */
const held = 0.85
/** Fewer than one picture in so many shows anything to find: then it is about false alarms. */
const mostlyClear = 10

/**
 * What is promised of a folder of labelled pictures. Of one in which there is hardly anything to find: no false alarm, and
 * nobody overlooked more than once.
 */
export const promisedOf = ({
  pipeline,
  coco_ssd_best,
  held_phones,
  false_alarms_on_clear_scenes,
  absent_though_there
}: StillResults): readonly Promised[] => {
  const { scene } = pipeline
  if (scene === null || (scene.tp + scene.fn) * mostlyClear < scene.fp + scene.tn)
    return [
      { figure: 'false alarms', value: false_alarms_on_clear_scenes.pipeline.scene.hits, most: 0 },
      { figure: 'absent though there', value: absent_though_there.hits, most: 1 }
    ]
  const found = held_phones.find(({ part }) => part === 'held')?.found.pipeline
  return [
    ...(['scene', 'phone', 'book', 'people'] as const).flatMap((question): readonly Promised[] => {
      const score = pipeline[question]
      if (score === null) return [{ figure: question, value: null, least: 0 }]
      const { recall, precision, f1 } = score
      return [
        { figure: `${question} recall`, value: recall, least: published[question].recall },
        { figure: `${question} precision`, value: precision, least: published[question].precision },
        {
          figure: `${question} F1 beside coco-ssd's best`,
          value: f1,
          least: coco_ssd_best[question]?.f1 ?? 0
        }
      ]
    }),
    ...(found === undefined || found.of === 0
      ? []
      : [{ figure: 'held phones found', value: found.share, least: held }])
  ]
}
