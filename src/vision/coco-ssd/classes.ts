import { CLASSES } from '@tensorflow-models/coco-ssd/dist/classes.js'

/**
 * What is read from the model's answers. The first three are asked by the policy's rules;
 * the others are what a phone or a notebook is taken for, and stand ready for rules to come.
 */
export const watchedLabels = ['person', 'cell phone', 'book', 'laptop', 'remote', 'tv'] as const
export type WatchedLabel = (typeof watchedLabels)[number]

/** Row of a label in the model's 91 outputs (the first is "nothing"). Throws when the model has no such class. */
export const classIndexOf = (label: WatchedLabel): number => {
  const found = Object.values(CLASSES).find(({ displayName }) => displayName === label)
  if (!found) throw new Error(`coco-ssd has no class named ${label}.`)
  return found.id
}
