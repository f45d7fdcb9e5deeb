import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { objectQuestions, questions } from '../labels/truth'
import type { MeasuredPicture } from '../run/stills'
import { trimmed } from '../score/results'
import { reportPage, type ReportInput } from './page'

/** One line per picture, for whoever looks for the reason of a figure. */
const rowOf = ({ picture, pipeline, plain, still }: MeasuredPicture) => ({
  file: picture.file,
  truth: picture.truth,
  persons: picture.persons,
  phone_share: picture.phoneShare,
  phone_held: picture.phoneHeld,
  said: Object.fromEntries(questions.map((question) => [question, pipeline.said[question]])),
  scores: Object.fromEntries(objectQuestions.map((question) => [question, pipeline.scores[question]])),
  persons_counted: pipeline.persons,
  plain_said: plain.said,
  plain_scores: plain.scores,
  looks: still.looks,
  tries: still.tries,
  cpu_share: still.cpuShare,
  camera: still.camera
})

/**
 * Writes `DIR/index.html`, and `DIR/pictures.json` with what was said of every picture. Both are readable by their
 * owner alone: the page holds pictures.
 */
export const writeHtml = async (folder: string, input: ReportInput): Promise<string> => {
  const page = await reportPage(input)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const file = join(folder, 'index.html')
  writeFileSync(file, page, { mode: 0o600 })
  const pictures = input.run.measured.map((picture) => JSON.stringify(trimmed(rowOf(picture))))
  writeFileSync(join(folder, 'pictures.json'), `[\n${pictures.join(',\n')}\n]\n`, { mode: 0o600 })
  return file
}
