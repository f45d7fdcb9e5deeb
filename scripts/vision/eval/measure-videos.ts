import { createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { startWasm } from '../wasm'
import { DataError, MissingProgramError } from './data-error'
import type { EvalOptions } from './options'
import { clockOf } from './run/clock'
import { openEyes } from './run/eyes'
import { progressOf } from './run/progress'
import { readRules, thresholdsOf } from './run/rules'
import { readClipLabels, type ClipLabels } from './video/clip-labels'
import { clipResults, type ClipResults } from './video/clip-results'
import { framesOf } from './video/decode'
import { findClips } from './video/find-clips'
import { measureClip, type MeasuredClip } from './video/measure-clip'

const unlabelled: ClipLabels = { labelled: new Set(), events: [] }
/** What lies between two recordings in the written observations, milliseconds: longer than any dwell. */
const gapMs = 120_000

/** Measures recordings. Throws `DataError` for what can't be used as a whole; one broken recording is named and left out. */
export const measureVideos = async (
  options: EvalOptions,
  path: string
): Promise<{ readonly results: ClipResults; readonly incomplete: boolean }> => {
  const found = findClips(path)
  const labels = readClipLabels(found.labels)
  const rules = readRules(options.policy)
  const clips = found.clips.slice(0, options.limit)
  const silent = clips.filter(({ name }) => !labels.has(name))
  if (silent.length > 0)
    console.error(
      `${silent.length} of ${clips.length} recordings are not in ${found.labels}: their alarms can't be judged.`
    )
  await startWasm()
  const clock = clockOf(options.clock)
  const { newWatcher } = await openEyes(thresholdsOf(rules), clock, options.model)
  const written = options.observations === null ? null : createWriteStream(options.observations)
  const progress = progressOf('recordings', clips.length)
  const measured: MeasuredClip[] = []
  const unreadable: { file: string; why: string }[] = []
  let offset = 0
  for (const [at, clip] of clips.entries()) {
    const frames = framesOf(clip, options.fps)
    try {
      const result = await measureClip({
        file: clip.name,
        frames,
        labels: labels.get(clip.name) ?? unlabelled,
        watcher: newWatcher(),
        clock,
        rules,
        heard: (observation, frameAt) => {
          written?.write(`${JSON.stringify({ at: Math.round(offset + frameAt), observation })}\n`)
        }
      })
      measured.push(result)
      offset += result.lengthMs + gapMs
    } catch (cause) {
      if (!(cause instanceof DataError) || cause instanceof MissingProgramError) throw cause
      unreadable.push({ file: clip.name, why: cause.message })
      console.error(`${clip.name} is left out: ${cause.message}`)
    } finally {
      await frames.return(undefined)
    }
    progress.done(at + 1)
  }
  if (written) {
    written.end()
    await once(written, 'finish')
  }
  if (measured.length === 0) throw new DataError(`None of the recordings in ${path} could be read.`)
  return { results: clipResults(measured, unreadable, options.clock), incomplete: unreadable.length > 0 }
}
