import * as tf from '@tensorflow/tfjs'

/** What the program holds at one time. */
export interface MemorySample {
  readonly minute: number
  readonly tensors: number
  readonly tensor_bytes: number
  readonly heap_mb: number
  /** Arrays outside the heap: frames, weights. */
  readonly arrays_mb: number
  readonly rss_mb: number
}

const mb = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 100) / 100

/** Samples after a full collection where the program may ask for one (`--expose-gc`). */
export const sampleMemory = (minute: number): MemorySample => {
  globalThis.gc?.()
  const { numTensors, numBytes } = tf.memory()
  const { heapUsed, arrayBuffers, rss } = process.memoryUsage()
  return {
    minute: Math.round(minute * 10) / 10,
    tensors: numTensors,
    tensor_bytes: numBytes,
    heap_mb: mb(heapUsed),
    arrays_mb: mb(arrayBuffers),
    rss_mb: mb(rss)
  }
}
