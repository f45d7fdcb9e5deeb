import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm'
import '@tensorflow/tfjs-backend-webgpu'

/** More threads than this gain nothing for a network of this size. */
const mostThreads = 4

/** Tells the wasm backend where its files are and how many threads it may use. Call before any backend starts. */
export const prepareWasm = (origin: string): void => {
  const cores = navigator.hardwareConcurrency
  // The backend's native part uses at most half of what this says: on two cores it would never use the second.
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores * 2, configurable: true })
  setThreadsCount(Math.max(1, Math.min(mostThreads, cores)))
  setWasmPaths(new URL('/tfjs/', origin).href)
}

/** Threads that wasm really runs, and in words why it is one. */
export const threadsOf = (
  backend: string
): { readonly threads: number; readonly slower: readonly string[] } => {
  if (backend !== 'wasm') return { threads: 1, slower: [] }
  const threads = getThreadsCount()
  if (threads > 1) return { threads, slower: [] }
  return {
    threads,
    slower: [
      globalThis.crossOriginIsolated
        ? 'wasm runs on one thread: this machine has no second core.'
        : 'wasm runs on one thread: the page is not cross-origin isolated.'
    ]
  }
}
