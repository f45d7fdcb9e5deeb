// How good the eyes are: the shipped pipeline over labelled pictures and recordings, beside the plain coco-ssd package.
//   npm run -s eval:vision -- --data DIR --json FILE [--html DIR]
//   npm run -s eval:vision -- --video FILE_OR_DIR --json FILE
// docs/vision.md says what each figure means. Nothing leaves this computer. Exit code: 0 measured, 1 failed, or not as promised,
// 2 refused (options or labels), 3 measured, but some pictures or recordings could not be read.
import { holdTo } from '../bench/promised'
import { writeReport } from '../bench/report'
import { DataError } from './eval/data-error'
import { measureData } from './eval/measure-data'
import { measureVideos } from './eval/measure-videos'
import { readOptions, usage, UsageError } from './eval/options'
import { promisedOf } from './eval/score/promised'
import { trimmed } from './eval/score/results'

const main = async (): Promise<void> => {
  const options = readOptions(process.argv.slice(2))
  const stills = options.data === null ? null : await measureData(options, options.data)
  const videos = options.videos === null ? null : await measureVideos(options, options.videos)
  const results = { ...stills?.results, ...(videos && { videos: videos.results }) }
  writeReport('eval:vision', options.json, trimmed(results) as object)
  if (options.promised && stills !== null) holdTo(promisedOf(stills.results))
  if (stills?.incomplete || videos?.incomplete) process.exitCode = 3
}

try {
  await main()
} catch (error) {
  if (error instanceof UsageError) console.error(`${error.message}\n\n${usage}`)
  else if (error instanceof DataError) console.error(error.message)
  else throw error
  process.exitCode = 2
}
