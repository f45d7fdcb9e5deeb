import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { existsSync, readFileSync } from 'node:fs'
import { tfjsWasmThreads } from './build/vite/tfjs-wasm-threads'
import { ipcSchema } from './src/contract/ipc/schema'
import { surfaceOf } from './src/contract/ipc/surface'

const flavour = process.env['HAVENDESK_FLAVOUR'] ?? 'release'
if (!['release', 'test', 'demo'].includes(flavour)) {
  throw new Error(`HAVENDESK_FLAVOUR is ${flavour}; use release, test or demo`)
}
const define = { __FLAVOUR__: JSON.stringify(flavour) }
/** Preloads carry the names of their calls and no validator. */
const surface = { __SURFACE__: JSON.stringify(surfaceOf(ipcSchema)) }
/** The public key that the packaged program's list of files is signed with; without one it is no packaged program. */
const buildKey = { __BUILD_KEY__: process.env['HAVENDESK_BUILD_KEY'] ?? 'null' }
/** The hashes of the models stand in the program: a file beside it decides nothing. */
const models = {
  __MODELS__: existsSync('models/manifest.json') ? readFileSync('models/manifest.json', 'utf8') : '[]'
}
const folder = process.env['HAVENDESK_OUT'] ?? resolve('out', flavour)
const out = (part: string): string => resolve(folder, part)
const entry = (path: string): string => resolve('src', path)

export default defineConfig({
  main: {
    define: { ...define, ...models, ...buildKey },
    build: {
      outDir: out('main'),
      emptyOutDir: true,
      target: 'node20',
      // All is bundled: what ships is what is used. Native modules stay beside the bundle.
      externalizeDeps: false,
      rolldownOptions: {
        external: ['electron', 'keytar', 'koffi', '@photostructure/sqlite'],
        input: {
          index: entry('main/index.ts'),
          guard: entry('main/guard/index.ts'),
          courier: entry('main/courier/index.ts'),
          proxy: entry('main/proxy/index.ts'),
          probe: entry('main/probe/index.ts'),
          integrity: entry('main/integrity/index.ts')
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  preload: {
    define: { ...define, ...surface },
    build: {
      outDir: out('preload'),
      emptyOutDir: true,
      target: 'node20',
      // A sandboxed preload is one file: nothing shared, nothing required.
      isolatedEntries: true,
      externalizeDeps: false,
      rolldownOptions: {
        input: {
          shell: entry('preload/shell.ts'),
          sensor: entry('preload/sensor.ts'),
          blank: entry('preload/blank.ts')
        },
        output: { format: 'cjs', entryFileNames: '[name].cjs' }
      }
    }
  },
  renderer: {
    define,
    root: 'src/renderer',
    base: '/',
    plugins: [react(), tfjsWasmThreads()],
    build: {
      outDir: out('renderer'),
      emptyOutDir: true,
      target: 'chrome130',
      rolldownOptions: {
        input: {
          shell: entry('renderer/shell/index.html'),
          sensor: entry('renderer/sensor/index.html'),
          blank: entry('renderer/blank/index.html')
        }
      }
    }
  }
})
