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
  const avoided = order.filter((backend) => avoid.includes(backend))
  const first = await takeFastest(trusted, make, choosing)
  if (first.best) {
    const untried = avoided.map((backend): Rejection => ({ backend, why: 'It hung or died here before.' }))
    return { ...first.best, rejected: [...first.rejected, ...untried] }
  }
  const last = await takeFastest(avoided, make, choosing)
  const rejected = [...first.rejected, ...last.rejected]
  if (!last.best) throw new BackendError(rejected)
  return { ...last.best, rejected }
}

interface Found {
  readonly best: Right | null
  readonly rejected: readonly Rejection[]
}

/** The fastest of these that is right and current. One that is not right when it is gone back to leaves the choice to the others. */
const takeFastest = async (
  backends: readonly BackendName[],
  make: () => Detector,
  choosing: Choosing
): Promise<Found> => {
  const { best, rejected } = await fastestOf(backends, make, choosing)
  if (!best) return { best, rejected }
  const why = await goBackTo(best, choosing)
  if (why === null) return { best, rejected }
  const others = await takeFastest(
    backends.filter((backend) => backend !== best.backend),
    make,
    choosing
  )
  return { best: others.best, rejected: [{ backend: best.backend, why }, ...others.rejected] }
}

const fastestOf = async (
  backends: readonly BackendName[],
  make: () => Detector,
  choosing: Choosing
): Promise<Found> => {
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
  let answered = false
  return Promise.race([
    tryBackend(make, backend, choosing, () => over).finally(() => (answered = true)),
    choosing.pause(limitMs).then((): Rejection => {
      over = true
      if (!answered) giveUpStart(backend)
      return { backend, why: `It was not ready within ${limitMs / 1000} s.` }
    })
  ])
}

const tooLate = 'It started too late.'

/**
 * tfjs hands every later start the one that is still pending, and makes a late one current: only a backend that is taken
 * out is forgotten. One that has started is left, since what was made on it has still to be given back.
 */
const giveUpStart = (backend: BackendName): void => {
  const { registry, registryFactory } = tf.engine()
  if (backend in registryFactory && !(backend in registry)) tf.removeBackend(backend)
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
    const why = await reasonAgainst(backend)
    // By now another one may be current: a start that nobody waits for would take its place.
    if (why !== null || over()) return { backend, why: why ?? tooLate }
    const wrong = await startBackend(backend)
    if (wrong !== null || over()) return { backend, why: wrong ?? tooLate }
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

/**
 * Trying another one left that one current: the best has to be so again, and as right as it was. Null when it is; else
 * why not, and its detector is given back.
 */
const goBackTo = async ({ backend, detector }: Right, { trying }: Choosing): Promise<string | null> => {
  if (tf.getBackend() === backend) return null
  trying?.(backend)
  const why = (await startBackend(backend)) ?? (await whyWrong(detector))
  if (why !== null) detector.dispose()
  return why
}

const whyWrong = async (detector: Detector): Promise<string | null> => {
  try {
    return worse(0, await detector.verify()) <= 1 ? null : 'Its numbers were wrong when it was started again.'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
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
