import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { withStaticThreadScripts } from './tfjs-wasm-threads'

const installed = readFileSync(
  new URL('../../node_modules/@tensorflow/tfjs-backend-wasm/dist/backend_wasm.js', import.meta.url),
  'utf8'
)

describe('tfjsWasmThreads', () => {
  it('leaves no blob script in the wasm backend', () => {
    const patched = withStaticThreadScripts(installed)
    expect(patched).not.toContain('createObjectURL')
    expect(patched).not.toContain('new Blob')
    expect(patched).toContain('/tfjs/tfjs-thread-worker.js')
  })

  it('refuses a backend whose text it does not know', () => {
    expect(() =>
      withStaticThreadScripts(installed.replace('new Blob([response]', 'new Blob([other]'))
    ).toThrow('adapt build/vite/tfjs-wasm-threads.ts')
  })
})
