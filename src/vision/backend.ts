import * as tf from '@tensorflow/tfjs'
import type { Detector } from './detector'

/** Backends in the order they are tried. `cpu` is not among them: at seconds a frame it would only look alive. */
export const backendOrder = ['webgpu', 'webgl', 'wasm'] as const
export type BackendName = (typeof backendOrder)[number]

export interface Rejection {
  readonly backend: BackendName
  readonly why: string
}
export interface Chosen {
  readonly backend: BackendName
  readonly detector: Detector
  /** What was tried before and why it was not taken: the reasons for running slower than this machine could. */
  readonly rejected: readonly Rejection[]
}

/** No backend gave right numbers. `rejected` says why, one by one. */
export class BackendError extends Error {
  override readonly name = 'BackendError'
  constructor(readonly rejected: readonly Rejection[]) {
    super(
      `No backend can run the detector. ${rejected.map(({ backend, why }) => `${backend}: ${why}`).join(' ')}`
    )
  }
}

/** How often the golden picture is looked at before the first verdict: kernels compile and caches fill. */
const warmUps = 3

/**
 * Takes the first backend that starts, loads the detector and gives right numbers for the golden picture.
 * `reasonAgainst` may rule one out beforehand (no adapter, software rendering); `make` makes a fresh detector.
 * Errors of the model itself (`ModelError`) are no backend's fault and are thrown at once.
 */
export const chooseBackend = async (
  make: () => Detector,
  reasonAgainst: (backend: BackendName) => Promise<string | null>,
  order: readonly BackendName[] = backendOrder
): Promise<Chosen> => {
  const rejected: Rejection[] = []
  for (const backend of order) {
    const why = (await reasonAgainst(backend)) ?? (await startBackend(backend))
    if (why !== null) {
      rejected.push({ backend, why })
      continue
    }
    const detector = make()
    try {
      await detector.load()
      let difference = 0
      for (let run = 0; run < warmUps; run += 1) difference = Math.max(difference, await detector.verify())
      if (difference <= 1) return { backend, detector, rejected }
      rejected.push({
        backend,
        why: `Its numbers for the golden picture are wrong (${difference.toFixed(1)} times what is allowed).`
      })
    } catch (error) {
      if (error instanceof Error && error.name === 'ModelError') throw error
      rejected.push({ backend, why: error instanceof Error ? error.message : String(error) })
    }
    detector.dispose()
  }
  throw new BackendError(rejected)
}

/** tfjs falls back to another backend without a word: that is a failure here. */
const startBackend = async (backend: BackendName): Promise<string | null> => {
  try {
    if (!(await tf.setBackend(backend))) return 'It did not start.'
    await tf.ready()
    return tf.getBackend() === backend ? null : `tfjs took ${tf.getBackend()} instead.`
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
