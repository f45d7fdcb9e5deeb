import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'

/** Starts the wasm backend (SIMD, one thread: tfjs has no threads in Node). Throws when tfjs took another one. */
export const startWasm = async (): Promise<void> => {
  const started = await tf.setBackend('wasm')
  await tf.ready()
  if (!started || tf.getBackend() !== 'wasm')
    throw new Error(`The wasm backend did not start; tfjs took ${tf.getBackend()}.`)
}
