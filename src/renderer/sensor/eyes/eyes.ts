import type { SensorSettings } from '../../../contract/ipc/schema'
import type { Observation } from '../../../core/observation/observation'
import type { TrackFacts } from '../../../vision/camera-truth/facts'
import { backendLimitMs, type BackendName } from '../../../vision/backend'
import type { FaultStage, FromWorker, ToWorker } from '../worker/messages'
import type { Distrust } from './distrust'

export interface EyesOptions {
  readonly createWorker: () => Worker
  /** What was learned of backends; outlives the page. */
  readonly distrust: Distrust
  /** Logical cores of this computer. */
  readonly cores: number
  readonly observed: (observation: Observation) => void
  /** `model` names the one that could not be used, when that was it. */
  readonly fault: (fault: {
    readonly stage: FaultStage
    readonly message: string
    readonly model?: string
  }) => void
  /** What looks, on how many threads, and why it is not the fastest way this machine might have. */
  readonly ready: (backend: string, threads: number, slower: readonly string[]) => void
  readonly frameSeen: () => void
  readonly framesStopped: (reason: 'no-frames' | 'ended') => void
  /** A new worker needs a stream of frames. */
  readonly wantFrames: () => void
}

export interface Eyes {
  settings(settings: SensorSettings): void
  takeFrames(frames: ReadableStream<VideoFrame>): void
  /** What is known of the open camera; a worker that is started later hears it too. */
  track(facts: TrackFacts): void
}

/**
 * A worker that says nothing for this long while it has frames is dead, milliseconds: sooner than main, which after 4 s
 * starts the whole sensor anew.
 */
export const silenceMs = 3_000
/** How long a worker may take to load and warm up, milliseconds. */
export const loadMs = 60_000
/**
 * How long a worker may be silent while it tries one backend, milliseconds. It gives up on one by itself sooner, unless the
 * backend holds its thread.
 */
export const tryingMs = backendLimitMs + 5_000
/** A detector that fails at so many frames in a row is broken for good, as a trapped wasm module is. */
const brokenAfter = 20
/** Pause before another worker is started, milliseconds; doubled at each death in a row, at most the second. */
const restartMs = { first: 500, most: 8_000 }

/**
 * Keeps a worker looking. One that dies, hangs or breaks is reported as a fault and replaced;
 * one whose model or backend is wrong is reported and left alone until the settings change, so nothing loops.
 */
export const startEyes = (options: EyesOptions): Eyes => {
  let worker: Worker | null = null
  let latest: SensorSettings | null = null
  let facts: TrackFacts | null = null
  let deaths = 0
  let failures = 0
  let ready = false
  /** What the worker tries or looks with. */
  let backend: BackendName | null = null
  /** Observations so far, of all workers: main takes none whose number is not higher than the one before. */
  let count = 0
  let silence: ReturnType<typeof setTimeout> | undefined

  const post = (message: ToWorker, transfer: readonly Transferable[] = []): void =>
    worker?.postMessage(message, [...transfer])

  const settingsOf = (settings: SensorSettings): ToWorker => ({
    kind: 'settings',
    settings,
    cores: options.cores,
    avoid: options.distrust.avoid
  })

  const listenFor = (ms: number): void => {
    clearTimeout(silence)
    silence = setTimeout(() => replace('detect', `The detector has not answered for ${ms / 1000} s.`), ms)
  }

  const replace = (stage: FaultStage, message: string): void => {
    const using = backend === null ? '' : ` (${backend})`
    if (backend !== null) options.distrust.failed(backend, ready ? 'ran' : 'tried')
    stop()
    options.fault({ stage, message: `${message.slice(0, 280)}${using}` })
    const pause = Math.min(restartMs.most, restartMs.first * 2 ** deaths)
    deaths += 1
    setTimeout(start, pause)
  }

  const stop = (): void => {
    clearTimeout(silence)
    worker?.terminate()
    worker = null
    failures = 0
    ready = false
    backend = null
  }

  /** A worker that lives and answers nothing is no better than a dead one. */
  const failed = (message: string): void => {
    failures += 1
    if (failures >= brokenAfter)
      replace('detect', `The detector failed ${failures} times in a row: ${message}`)
    // One word of it is enough until then: it would come with every frame.
    else if (failures === 1) options.fault({ stage: 'detect', message: message.slice(0, 300) })
  }

  const heard = (message: FromWorker): void => {
    switch (message.kind) {
      case 'trying':
        backend = message.backend
        listenFor(tryingMs)
        return
      case 'ready':
        ready = true
        backend = message.backend
        listenFor(silenceMs)
        options.ready(message.backend, message.threads, message.slower)
        return
      case 'observation':
        if (!isFailure(message.observation)) deaths = failures = 0
        listenFor(silenceMs)
        count += 1
        options.observed({ ...message.observation, seq: count })
        return
      case 'frame':
        if (ready) listenFor(silenceMs)
        options.frameSeen()
        return
      case 'frames-stopped':
        // Without frames there is nothing to answer: silence is the camera's then, not the worker's.
        if (ready) clearTimeout(silence)
        options.framesStopped(message.reason)
        return
      case 'fault':
        if (message.stage === 'detect' && !message.fatal) {
          failed(message.message)
          return
        }
        if (message.fatal) stop()
        options.fault({
          stage: message.stage,
          message: message.message.slice(0, 300),
          ...(message.model === undefined ? {} : { model: message.model })
        })
    }
  }

  const start = (): void => {
    if (worker || !latest) return
    const fresh = options.createWorker()
    worker = fresh
    fresh.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (worker === fresh) heard(data)
    }
    fresh.onerror = (event) => {
      if (worker === fresh) replace('detect', `The detector's worker died: ${event.message}`)
    }
    fresh.onmessageerror = () => {
      if (worker === fresh) replace('detect', 'The detector sent something that cannot be read.')
    }
    listenFor(loadMs)
    post(settingsOf(latest))
    if (facts) post({ kind: 'track', facts })
    options.wantFrames()
  }

  return {
    settings: (settings) => {
      latest = settings
      if (worker) post(settingsOf(settings))
      else {
        deaths = 0
        start()
      }
    },
    track: (found) => {
      facts = found
      post({ kind: 'track', facts })
    },
    takeFrames: (frames) => {
      if (!worker) {
        void frames.cancel('nobody looks yet')
        return
      }
      if (ready) listenFor(silenceMs)
      post({ kind: 'frames', frames }, [frames])
    }
  }
}

const isFailure = ({ people }: Observation): boolean =>
  people.state === 'unknown' && people.reason === 'detector-failed'
