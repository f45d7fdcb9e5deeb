import * as tf from '@tensorflow/tfjs'
import { afterAll, describe, expect, it } from 'vitest'
import { startWasm } from '../../../../scripts/vision/wasm'
import { refuseFailedAllocations } from './wasm-memory'

describe('refuseFailedAllocations', () => {
  afterAll(async () => {
    await tf.setBackend('cpu')
  })

  it('D7 makes an error of an allocation that failed, and passes every other on', () => {
    let left = 100
    const wasm = { _malloc: (bytes: number) => (bytes <= left ? ((left -= bytes), 16) : 0) }
    expect(refuseFailedAllocations({ wasm })).toBe(true)
    expect(wasm._malloc(80)).toBe(16)
    expect(() => wasm._malloc(80)).toThrow(/no memory left for 80 bytes/)
    expect(wasm._malloc(20)).toBe(16)
  })

  it('guards an allocator once, however often it is asked to', () => {
    const wasm = { _malloc: () => 8 }
    refuseFailedAllocations({ wasm })
    const first = wasm._malloc
    expect(refuseFailedAllocations({ wasm })).toBe(true)
    expect(wasm._malloc).toBe(first)
  })

  it.each([[null], [{}], [{ wasm: null }], [{ wasm: { _malloc: 3 } }]])(
    'finds no allocator in %j',
    (backend) => {
      expect(refuseFailedAllocations(backend)).toBe(false)
    }
  )

  it('D7 stands where the real backend allocates: a failing allocation stops the work that needed it', async () => {
    await startWasm()
    const { wasm } = tf.backend() as unknown as { wasm: { _malloc: (bytes: number) => number } }
    const added = (): number => tf.tidy(() => tf.add(tf.tensor1d([1, 2]), 1).dataSync()[1] ?? NaN)
    expect(refuseFailedAllocations({ wasm })).toBe(true)
    expect(added()).toBe(3)
    wasm._malloc = () => 0
    expect(added).toThrow(/no memory left/)
  })

  it('stays when the module puts its own function in its place', () => {
    const wasm: { _malloc: (bytes: number) => number } = {
      _malloc: (bytes) => {
        wasm._malloc = (more) => (more > 100 ? 0 : 16)
        return wasm._malloc(bytes)
      }
    }
    refuseFailedAllocations({ wasm })
    expect(wasm._malloc(10)).toBe(16)
    expect(() => wasm._malloc(200)).toThrow(/no memory left/)
  })
})
