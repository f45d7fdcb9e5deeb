import { existsSync } from 'node:fs'
import { z } from 'zod'
import { DataError } from '../data-error'
import { readJson } from '../read-json'
import { questionNamed } from '../labels/names'
import type { ObjectQuestion } from '../labels/truth'

/** What a recording's rules are scored for; `nobody` is the empty desk. */
export const clipTopics = ['phone', 'book', 'people', 'screen', 'nobody'] as const
export type ClipTopic = (typeof clipTopics)[number]

/** Something that is in view from one instant of the recording to another, milliseconds. */
export interface ClipEvent {
  readonly topic: ClipTopic
  readonly fromMs: number
  readonly toMs: number
}

/** What is known of one recording; a topic that is not `labelled` can't be judged right or wrong. */
export interface ClipLabels {
  readonly labelled: ReadonlySet<ClipTopic>
  readonly events: readonly ClipEvent[]
}

const schema = z.array(
  z.looseObject({
    file: z.string().min(1),
    n_person: z.number().int().min(0).optional(),
    has_phone: z.boolean().optional(),
    has_book: z.boolean().optional(),
    has_screen: z.boolean().optional(),
    events: z
      .array(z.strictObject({ class: z.string().min(1), fromMs: z.number().min(0), toMs: z.number().min(0) }))
      .optional()
  })
)

const remedies: Readonly<Record<string, string>> = {
  '': 'Write a list of { "file", "n_person", "has_phone", "has_book", "events" }.',
  file: 'Write the name of a recording in this folder.',
  n_person: 'Write how many people are in view throughout, as a whole number.',
  has_phone: 'Write true or false.',
  has_book: 'Write true or false.',
  has_screen: 'Write true or false.',
  events: 'Write a list of { "class", "fromMs", "toMs" }.',
  class: 'Write the name of a class.',
  fromMs: 'Write milliseconds since the recording began.',
  toMs: 'Write milliseconds since the recording began.'
}

const topicNamed = (name: string, where: string): ClipTopic =>
  name === 'nobody' ? 'nobody' : (questionNamed(name, where) satisfies ObjectQuestion)

type Entry = z.infer<typeof schema>[number]

const labelsOf = (entry: Entry, where: string): ClipLabels => {
  const labelled = new Set<ClipTopic>()
  const events: ClipEvent[] = []
  const throughout = (topic: ClipTopic, there: boolean | undefined): void => {
    if (there === undefined) return
    labelled.add(topic)
    if (there) events.push({ topic, fromMs: 0, toMs: Infinity })
  }
  throughout('phone', entry.has_phone)
  throughout('book', entry.has_book)
  throughout('screen', entry.has_screen)
  throughout('people', entry.n_person === undefined ? undefined : entry.n_person > 1)
  throughout('nobody', entry.n_person === undefined ? undefined : entry.n_person === 0)
  entry.events?.forEach(({ class: name, fromMs, toMs }, at) => {
    const place = `${where}.events[${at}]`
    const topic = topicNamed(name, `${place}.class`)
    if (toMs <= fromMs)
      throw new DataError(
        `${place}.toMs: ${toMs} is not after fromMs (${fromMs}). Write when it was out of view.`
      )
    // Times say more than a statement about the whole recording.
    for (let i = events.length - 1; i >= 0; i -= 1)
      if (events[i]?.topic === topic && events[i]?.toMs === Infinity) events.splice(i, 1)
    events.push({ topic, fromMs, toMs })
    labelled.add(topic)
  })
  // Whoever wrote down when things came and went has looked for all of them.
  if (entry.events) clipTopics.forEach((topic) => topic !== 'screen' && labelled.add(topic))
  return { labelled, events }
}

/** Reads `clips.json`. Without the file nothing is known of any recording. Throws `DataError`. */
export const readClipLabels = (file: string): ReadonlyMap<string, ClipLabels> => {
  if (!existsSync(file)) return new Map()
  const entries = readJson(file, schema, remedies)
  return new Map(entries.map((entry, at) => [entry.file, labelsOf(entry, `${file}: [${at}]`)]))
}
