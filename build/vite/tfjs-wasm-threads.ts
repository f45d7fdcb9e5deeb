import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Plugin } from 'vite'

/** Folder under the renderer's root where the wasm files are served: `app://desk/tfjs/`. */
export const tfjsFolder = 'tfjs'

/** The files this plugin adds to the renderer's output, with the type each must be served with. */
export const tfjsStaticFiles: readonly { readonly path: string; readonly type: string }[] = [
  { path: `${tfjsFolder}/tfjs-backend-wasm.wasm`, type: 'application/wasm' },
  { path: `${tfjsFolder}/tfjs-backend-wasm-simd.wasm`, type: 'application/wasm' },
  { path: `${tfjsFolder}/tfjs-backend-wasm-threaded-simd.wasm`, type: 'application/wasm' },
  { path: `${tfjsFolder}/tfjs-backend-wasm-threaded-simd.js`, type: 'text/javascript' },
  { path: `${tfjsFolder}/tfjs-thread-worker.js`, type: 'text/javascript' }
]

const threadWorkerUrl = `/${tfjsFolder}/tfjs-thread-worker.js`
const threadScriptUrl = `/${tfjsFolder}/tfjs-backend-wasm-threaded-simd.js`

/** What the backend writes, and what it must be for a page whose policy allows no blob script. */
const replacements: readonly { readonly from: RegExp; readonly to: string }[] = [
  {
    from: /const blob = new Blob\(\[response\], \{ type: 'application\/javascript' \}\);\s*return URL\.createObjectURL\(blob\);/,
    to: `return new URL('${threadWorkerUrl}', self.location.href).href;`
  },
  {
    from: /factoryConfig\.mainScriptUrlOrBlob = new Blob\(\[`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)\], \{ type: 'text\/javascript' \}\);/,
    to: `factoryConfig.mainScriptUrlOrBlob = new URL('${threadScriptUrl}', self.location.href).href;`
  }
]

/**
 * Rewrites the wasm backend's two blob scripts into static files.
 * Throws when the backend's text is not the one this was written for: a silent miss would cost the threads.
 */
export const withStaticThreadScripts = (code: string): string => {
  let patched = code
  for (const { from, to } of replacements) {
    if (!from.test(patched))
      throw new Error(
        `tfjs-backend-wasm's backend_wasm.js has changed (${from.source.slice(0, 40)}…): ` +
          'adapt build/vite/tfjs-wasm-threads.ts to the installed version'
      )
    patched = patched.replace(from, to)
  }
  return patched
}

const rewrite = (): Plugin => ({
  name: 'havendesk:tfjs-wasm-threads',
  enforce: 'pre',
  transform: (code, id) =>
    /tfjs-backend-wasm[\\/]dist[\\/]backend_wasm\.js$/.test(id.split('?')[0] ?? id)
      ? { code: withStaticThreadScripts(code), map: null }
      : null
})

const readStatic = (): ReadonlyMap<string, string | Uint8Array> => {
  const require = createRequire(import.meta.url)
  const folder = join(dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json')), 'wasm-out')
  const worker: { readonly wasmWorkerContents: string } = require(
    join(folder, 'tfjs-backend-wasm-threaded-simd.worker.js')
  )
  return new Map<string, string | Uint8Array>(
    tfjsStaticFiles.map(({ path }) => {
      const name = path.slice(tfjsFolder.length + 1)
      // The package escapes its line ends for a blob; a static file needs the same escapes.
      if (name === 'tfjs-thread-worker.js') return [path, worker.wasmWorkerContents.replace(/\n/g, '\\n')]
      return [path, readFileSync(join(folder, name))]
    })
  )
}

/**
 * Vite plugin for the renderer build: tfjs-backend-wasm with threads under `script-src 'self' 'wasm-unsafe-eval'`
 * and `worker-src 'self'`. It installs itself for worker bundles too and emits `tfjsStaticFiles`.
 */
export const tfjsWasmThreads = (): Plugin => ({
  ...rewrite(),
  config: () => ({ worker: { format: 'es' as const, plugins: () => [rewrite()] } }),
  generateBundle() {
    for (const [fileName, source] of readStatic()) this.emitFile({ type: 'asset', fileName, source })
  }
})
