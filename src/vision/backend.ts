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
  /** What one warm look takes on it, milliseconds. */
  readonly lookMs: number
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
/** How long a backend may take to start, load the detector and look at the golden picture, milliseconds. */
export const backendLimitMs = 15_000
/** The same for one that is only compared with another that is right already: the first verdict waits for it. */
export const comparedLimitMs = 5_000

export interface Choosing {
  /** Rules a backend out beforehand (no adapter, software rendering); null when nothing does. */
  readonly reasonAgainst: (backend: BackendName) => Promise<string | null>
  /** A monotonic clock, milliseconds. */
  readonly clock: () => number
  readonly pause: (ms: number) => Promise<void>
  /** Hears which backend is tried next: whoever listens knows which one it was when nothing more comes. */
  readonly trying?: (backend: BackendName) => void
  /** Backends that hung or died before: they come last, and only when no other one is right. */
  readonly avoid?: readonly BackendName[]
  readonly order?: readonly BackendName[]
}

interface Right {
  readonly backend: BackendName
  readonly detector: Detector
  readonly lookMs: number
}
type Tried = Right | Rejection

/**
 * Tries every backend: those that start, load the detector (`make` makes a fresh one) and give right numbers for the golden
 * picture within their time are compared by what a warm look takes, and the fastest is kept.
 * Errors of the model itself (`ModelError`) are no backend's fault and are thrown at once.
 */
export const chooseBackend = async (make: () => Detector, choosing: Choosing): Promise<Chosen> => {
  const { order = backendOrder, avoid = [] } = choosing
  const trusted = order.filter((backend) => !avoid.includes(backend))
  const first = await fastestOf(trusted, make, choosing)
  const avoided = order
    .filter((backend) => avoid.includes(backend))
    .map((backend): Rejection => ({ backend, why: 'It hung or died here before.' }))
  if (first.best) return goBackTo(first.best, [...first.rejected, ...avoided])
  const last = await fastestOf(avoid, make, choosing)
  const rejected = [...first.rejected, ...last.rejected]
  if (!last.best) throw new BackendError(rejected)
  return goBackTo(last.best, rejected)
}

const fastestOf = async (
  backends: readonly BackendName[],
  make: () => Detector,
  choosing: Choosing
): Promise<{ readonly best: Right | null; readonly rejected: readonly Rejection[] }> => {
  const rejected: Rejection[] = []
  let best: Right | null = null
  for (const backend of backends) {
    choosing.trying?.(backend)
    const tried: Tried = await withinLimit(make, backend, choosing, best ? comparedLimitMs : backendLimitMs)
    if ('why' in tried) rejected.push(tried)
    else if (best === null || tried.lookMs < best.lookMs) {
      if (best) rejected.push(slower(best, tried))
      best = tried
    } else rejected.push(slower(tried, best))
  }
  return { best, rejected }
}

const withinLimit = async (
  make: () => Detector,
  backend: BackendName,
  choosing: Choosing,
  limitMs: number
): Promise<Tried> => {
  let over = false
  return Promise.race([
    tryBackend(make, backend, choosing, () => over),
    choosing.pause(limitMs).then((): Rejection => {
      over = true
      return { backend, why: `It was not ready within ${limitMs / 1000} s.` }
    })
  ])
}

/** `over` tells that nobody waits for the answer any more: what was made is given back then. */
const tryBackend = async (
  make: () => Detector,
  backend: BackendName,
  { reasonAgainst, clock }: Choosing,
  over: () => boolean
): Promise<Tried> => {
  let detector: Detector | null = null
  let tried: Tried | null = null
  try {
    const why = (await reasonAgainst(backend)) ?? (await startBackend(backend))
    if (why !== null || over()) return { backend, why: why ?? 'It started too late.' }
    detector = make()
    await detector.load()
    tried = await warmUp(detector, backend, clock, over)
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelError') throw error
    tried = { backend, why: error instanceof Error ? error.message : String(error) }
  } finally {
    if (tried === null || 'why' in tried || over()) detector?.dispose()
  }
  return tried
}

const warmUp = async (
  detector: Detector,
  backend: BackendName,
  clock: () => number,
  over: () => boolean
): Promise<Tried> => {
  let difference = 0
  let lookMs = Infinity
  for (let run = 0; run < warmUps && !over(); run += 1) {
    const began = clock()
    difference = worse(difference, await detector.verify())
    // The first look compiles and fills caches: it says nothing of those that follow.
    if (run > 0) lookMs = Math.min(lookMs, clock() - began)
  }
  return difference <= 1
    ? { backend, detector, lookMs }
    : {
        backend,
        why: `Its numbers for the golden picture are wrong (${difference.toFixed(1)} times what is allowed).`
      }
}

/** A difference that is no number is as wrong as can be. */
const worse = (one: number, other: number): number => (Number.isNaN(other) ? Infinity : Math.max(one, other))

const slower = ({ backend, detector, lookMs }: Right, { backend: taken, lookMs: less }: Right): Rejection => {
  detector.dispose()
  return {
    backend,
    why: `A look takes ${lookMs.toFixed(0)} ms on it, and ${less.toFixed(0)} ms on ${taken}.`
  }
}

/** Trying another one left that one current: the best has to be so again, and as right as it was. */
const goBackTo = async (best: Right, rejected: readonly Rejection[]): Promise<Chosen> => {
  const { backend, detector } = best
  if (tf.getBackend() === backend) return { ...best, rejected }
  const why = await startBackend(backend)
  const difference = why === null ? worse(0, await detector.verify()) : Infinity
  if (difference <= 1) return { ...best, rejected }
  detector.dispose()
  throw new BackendError([
    ...rejected,
    { backend, why: why ?? 'Its numbers were wrong when it was started again.' }
  ])
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
