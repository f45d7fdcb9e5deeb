import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgpu'
import { env } from '@tensorflow/tfjs'

/** More threads than this gain nothing for a network of this size. */
const mostThreads = 4

/**
 * Threads for a machine with so many cores: half of them, the other half belongs to the desk. On two cores that is
 * one: a second thread that waits for a busy core made frames slower, not faster (docs/vision.md has the figures).
 */
export const threadsFor = (cores: number): number => Math.max(1, Math.min(mostThreads, Math.floor(cores / 2)))

/** Tells the wasm backend where its files are and how many threads it may use. Call before any backend starts. */
export const prepareWasm = (origin: string, cores: number): void => {
  const threads = threadsFor(cores)
  setWasmPaths(new URL('/tfjs/', origin).href)
  // The threaded build starts its helpers even for one thread: then the plain build is up sooner.
  if (threads === 1) {
    env().set('WASM_HAS_MULTITHREAD_SUPPORT', false)
    return
  }
  // The backend's native part runs at most half as many threads as this says.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: threads * 2, configurable: true })
  setThreadsCount(threads)
}

/** Threads that wasm really runs, and in words why they are fewer than this machine could give. */
export const threadsOf = (
  backend: string,
  cores: number
): { readonly threads: number; readonly slower: readonly string[] } => {
  const wanted = threadsFor(cores)
  if (backend !== 'wasm' || wanted === 1) return { threads: 1, slower: [] }
  const threads = getThreadsCount()
  if (threads === wanted) return { threads, slower: [] }
  const why = globalThis.crossOriginIsolated
    ? 'the backend gave no more'
    : 'the page is not cross-origin isolated'
  return { threads, slower: [`wasm runs on ${threads} of ${wanted} threads: ${why}.`] }
}
