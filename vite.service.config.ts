import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { defineConfig } from 'vite'

const flavour = process.env['HAVENDESK_FLAVOUR'] ?? 'release'

/** The privileged service: one file for Node. koffi is native and stays beside it. */
export default defineConfig({
  define: { __FLAVOUR__: JSON.stringify(flavour) },
  ssr: { noExternal: true, external: ['koffi'] },
  build: {
    outDir: resolve('out', flavour, 'service'),
    emptyOutDir: true,
    target: 'node20',
    minify: false,
    reportCompressedSize: false,
    ssr: true,
    rolldownOptions: {
      external: ['koffi', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      input: { service: resolve('src/service/index.ts') },
      output: { format: 'es', entryFileNames: '[name].js' }
    }
  }
})
