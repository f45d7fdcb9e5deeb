import { readModelFiles } from '../model-files'
import { loadPlainCocoSsd } from '../plain'
import { startWasm } from '../wasm'
import { DataError } from './data-error'
import { readGroups } from './labels/groups'
import { readCocoFolder } from './labels/read-coco'
import type { EvalOptions } from './options'
import { writeHtml } from './report/write'
import { clockOf } from './run/clock'
import { openEyes } from './run/eyes'
import { progressOf } from './run/progress'
import { readRules, thresholdsOf } from './run/rules'
import { measureStills, type Unreadable } from './run/stills'
import { compare } from './score/compare'
import { stillResults, type StillResults, type StillsRun } from './score/results'

/** Measures a folder of labelled pictures. Throws `DataError` for labels that can't be used. */
export const measureData = async (
  options: EvalOptions,
  folder: string
): Promise<{ readonly results: StillResults; readonly incomplete: boolean }> => {
  const { pictures, disagreeing } = readCocoFolder(folder)
  const rules = readRules(options.policy)
  const groups =
    options.groups === null
      ? {}
      : readGroups(
          options.groups,
          pictures.map(({ file }) => file)
        )
  if (disagreeing > 0)
    console.error(`${disagreeing} pictures have tags that contradict their boxes; the tags were followed.`)
  await startWasm()
  const thresholds = thresholdsOf(rules)
  const clock = clockOf(options.clock, options.lookMs)
  const { detector, measured: model, newWatcher } = await openEyes(thresholds, clock, options.model)
  const plain = await loadPlainCocoSsd(readModelFiles())
  const unreadable: Unreadable[] = []
  const chosen = pictures.slice(0, options.limit)
  const measured = await measureStills({
    pictures: chosen,
    newWatcher,
    detector,
    plain,
    clock,
    rules,
    forMs: options.forMs,
    progress: progressOf('pictures', chosen.length),
    unreadable: (picture) => {
      unreadable.push(picture)
      console.error(`${picture.file} could not be read (${picture.why}); it is left out.`)
    }
  })
  if (measured.length === 0)
    throw new DataError(
      `None of the ${chosen.length} pictures in ${folder} could be read. See the names above.`
    )
  const run: StillsRun = {
    measured,
    unreadable,
    disagreeing,
    groups,
    rules,
    thresholds,
    forMs: options.forMs,
    clock: options.clock,
    lookMs: options.lookMs,
    ...model
  }
  const comparison = compare(measured)
  const results = stillResults(run, comparison)
  if (results.looks.stills_without > 0)
    console.error(
      `At ${results.looks.stills_without} pictures no look landed in time: ` +
        (options.lookMs === null ? 'this computer is too slow or too busy' : 'that computer is too slow') +
        ', and what they show counts as missed.'
    )
  if (options.html !== null) {
    const input = { run, comparison, results, language: options.language, at: new Date() }
    const file = await writeHtml(options.html, input)
    console.error(`The report is ${file}. It holds pictures: keep it on this computer.`)
  }
  return { results, incomplete: unreadable.length > 0 }
}
