import type { SensorSettings } from '../../../contract/ipc/schema'
import { chooseBackend, type Chosen } from '../../../vision/backend'
import { detectorFor } from '../../../vision/graph-model/choose-decoder'
import { observe } from '../../../vision/observe'
import { prepareWasm, threadsOf } from './backends'
import { captureClock } from './capture-clock'
import { fetchModel } from './files'
import { readFrames } from './frames'
import { reasonAgainst } from './gate'
import type { FromWorker, ToWorker } from './messages'
import { restAfter } from './pace'
import { pixelReader } from './pixels'

const tell = (message: FromWorker): void => self.postMessage(message)
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))
const clock = (): number => performance.now()
/** How often the page hears that frames arrive, milliseconds. */
const frameNewsMs = 250

let settings: SensorSettings | null = null
let eyes: Chosen | null = null
let loading: Promise<void> | null = null
let reading = new AbortController()
let seq = 0
const readPixels = pixelReader()

const load = async ({ model }: SensorSettings, cores: number): Promise<void> => {
  prepareWasm(self.location.href, cores)
  let stage: 'model' | 'backend' = 'model'
  try {
    const files = await fetchModel(model, self.location.href)
    stage = 'backend'
    eyes = await chooseBackend(() => detectorFor(model.id, model.definition, files), reasonAgainst)
    const { threads, slower } = threadsOf(eyes.backend, cores)
    const passed = eyes.rejected.map(({ backend, why }) => `${backend} not used: ${why}`)
    tell({ kind: 'ready', backend: eyes.backend, threads, slower: [...passed, ...slower] })
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (error instanceof Error && error.name === 'ModelError') stage = 'model'
    tell({ kind: 'fault', stage, message, fatal: true, model: model.id })
  }
}

const look = (frames: ReadableStream<VideoFrame>): void => {
  reading.abort()
  reading = new AbortController()
  const capturedAt = captureClock()
  let told = -Infinity
  void readFrames(frames, reading.signal, {
    stopped: (reason) => tell({ kind: 'frames-stopped', reason }),
    frame: async (frame) => {
      const arrived = clock()
      const captured = capturedAt(frame.timestamp / 1000, arrived)
      if (arrived - told >= frameNewsMs) {
        told = arrived
        tell({ kind: 'frame' })
      }
      // Frames of a camera that is watched before the detector is warm are let go.
      if (!eyes || !settings) return
      seq += 1
      const pixels = await readPixels(frame)
      // The picture is copied: give the camera its buffer back before the long work.
      frame.close()
      const { detector, backend } = eyes
      const { observation, error } = await observe(
        { detector, backend, thresholds: settings.thresholds, clock },
        { seq, capturedAt: captured, pixels }
      )
      tell({ kind: 'observation', observation })
      if (error) tell({ kind: 'fault', stage: 'detect', message: error.message, fatal: false })
      // Frames that come meanwhile replace one another: the next one read is the newest.
      await pause(restAfter(clock() - arrived))
    }
  })
}

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.kind === 'frames') {
    look(data.frames)
    return
  }
  settings = data.settings
  // The model of a running worker never changes: other weights come with a new sensor.
  loading ??= load(data.settings, data.cores)
}
