import type { SensorSettings } from '../../../contract/ipc/schema'
import type { TrackFacts } from '../../../vision/camera-truth/facts'
import type { Observation } from '../../../core/observation/observation'
import type { BackendName } from '../../../vision/backend'

/** What the page tells the worker. */
export type ToWorker =
  | {
      readonly kind: 'settings'
      readonly settings: SensorSettings
      /** Logical cores of this computer. */
      readonly cores: number
      /** Backends that hung or died in workers before this one. */
      readonly avoid: readonly BackendName[]
    }
  /** What the page found out about the open camera. */
  | { readonly kind: 'track'; readonly facts: TrackFacts }
  /** `frames` is transferred. It replaces the stream before it. */
  | { readonly kind: 'frames'; readonly frames: ReadableStream<VideoFrame> }

export type FaultStage = 'model' | 'backend' | 'detect' | 'camera'

/** What the worker tells the page: numbers and words, never a picture. */
export type FromWorker =
  /** Which backend is tried from now on: if nothing more comes, it is the one that hangs. */
  | { readonly kind: 'trying'; readonly backend: BackendName }
  /** `slower` says, in words for a log, why this is not the fastest that the machine could do. */
  | {
      readonly kind: 'ready'
      readonly backend: BackendName
      readonly threads: number
      readonly slower: readonly string[]
    }
  | { readonly kind: 'observation'; readonly observation: Observation }
  /** A frame was read, sent at most a few times a second. */
  | { readonly kind: 'frame' }
  | { readonly kind: 'frames-stopped'; readonly reason: 'no-frames' | 'ended' }
  /** `fatal`: this worker can't look any more until it gets other settings. */
  | {
      readonly kind: 'fault'
      readonly stage: FaultStage
      readonly message: string
      readonly fatal: boolean
      /** The model that could not be used. */
      readonly model?: string
    }
