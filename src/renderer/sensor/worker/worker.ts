import * as tf from '@tensorflow/tfjs'
import type { SensorSettings } from '../../../contract/ipc/schema'
import { chooseBackend, type BackendName, type Chosen } from '../../../vision/backend'
import type { Detector } from '../../../vision/detector'
import { detectorFor } from '../../../vision/graph-model/choose-decoder'
import { createWatcher, usualSpending, type Spending, type Watcher } from '../../../vision/watch'
import { prepareWasm, threadsOf } from './backends'
import { captureClock } from './capture-clock'
import { fetchModel } from './files'
import { readFrames } from './frames'
import { reasonAgainst } from './gate'
import type { FromWorker, ToWorker } from './messages'
import { restAfter } from './pace'
import { pixelReader } from './pixels'
import { createTruthKeeper } from './truth'
import { refuseFailedAllocations } from './wasm-memory'

const tell = (message: FromWorker): void => self.postMessage(message)
const pause = (ms: number): Promise<void> => new Promise((resume) => setTimeout(resume, ms))
const clock = (): number => performance.now()
/** How often the page hears that frames arrive, milliseconds. */
const frameNewsMs = 250
/** A frame that is younger than this was not waiting for us, milliseconds. */
const freshMs = 15

let settings: SensorSettings | null = null
let eyes: Chosen | null = null
let loading: Promise<void> | null = null
let reading = new AbortController()
let seq = 0
let watcher: Watcher | null = null
const truth = createTruthKeeper()

const spendingOf = ({ effort: { coreShare, pace } }: SensorSettings): Spending => ({
  ...usualSpending,
  share: coreShare,
  pace
})

/** What answers depend on. */
const asked = ({ thresholds, room }: SensorSettings): string => JSON.stringify([thresholds, room])

const watch = ({ detector, backend }: Chosen, told: SensorSettings): void => {
  const { thresholds, room } = told
  watcher = createWatcher({ detector, backend, thresholds, room, clock }, spendingOf(told))
}

const load = async (first: SensorSettings, cores: number, avoid: readonly BackendName[]): Promise<void> => {
  const { model } = first
  prepareWasm(self.location.href, cores)
  let stage: 'model' | 'backend' = 'model'
  try {
    const trunk = await fetchModel(model, self.location.href)
    const head = model.head === undefined ? null : await fetchModel(model.head, self.location.href)
    stage = 'backend'
    const { id, definition } = model
    const make = (): Detector => {
      refuseFailedAllocations(tf.backend())
      return truth.listening(detectorFor(id, definition, trunk, head))
    }
    const trying = (backend: BackendName): void => tell({ kind: 'trying', backend })
    eyes = await chooseBackend(make, { reasonAgainst, clock, pause, trying, avoid })
    // What was told while the model was loading counts.
    watch(eyes, settings ?? first)
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
  // What was learned of one camera says nothing of another, nor what was seen before a gap of who is here now.
  watcher?.reset()
  const readPixels = pixelReader()
  let told = -Infinity
  let unreadable = false
  void readFrames(frames, reading.signal, {
    stopped: (reason) => tell({ kind: 'frames-stopped', reason }),
    frame: async (frame, awaited) => {
      const arrived = clock()
      const captured = capturedAt(frame.timestamp / 1000, arrived)
      if (arrived - told >= frameNewsMs) {
        told = arrived
        tell({ kind: 'frame' })
      }
      // Frames of a camera that is watched before the detector is warm are let go.
      if (!watcher || !settings) return
      seq += 1
      const stampMs = frame.timestamp / 1000
      const pixels = await readPixels(frame).catch((error: unknown) => {
        // A frame in an unknown form is no reason to open the camera anew, which would give the same again.
        if (!unreadable)
          tell({ kind: 'fault', stage: 'camera', message: String(error).slice(0, 300), fatal: false })
        unreadable = true
        return null
      })
      // The picture is copied: give the camera its buffer back before the long work.
      frame.close()
      const camera = truth.see(
        pixels,
        { capturedAt: captured, stampMs, awaited: awaited && arrived - captured < freshMs },
        settings.limits
      )
      const { observation, error } = await watcher.observe({
        seq,
        capturedAt: captured,
        pixels,
        cells: truth.cells,
        steady: camera.moved.state === 'clear'
      })
      truth.looked(observation)
      tell({ kind: 'observation', observation: { ...observation, camera } })
      if (error) tell({ kind: 'fault', stage: 'detect', message: error.message, fatal: false })
      // Frames that come meanwhile replace one another: the next one read is the newest.
      await pause(restAfter(clock() - arrived, watcher.eager))
    }
  })
}

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  if (data.kind === 'frames') {
    look(data.frames)
    return
  }
  if (data.kind === 'track') {
    truth.track(data.facts)
    return
  }
  // Other thresholds, another room: what was seen under the old ones is forgotten with them. Another pace forgets nothing.
  if (eyes && (settings === null || asked(settings) !== asked(data.settings))) watch(eyes, data.settings)
  else watcher?.pace(spendingOf(data.settings))
  settings = data.settings
  truth.draw(settings.room)
  // The model of a running worker never changes: other weights come with a new sensor.
  loading ??= load(data.settings, data.cores, data.avoid)
}
