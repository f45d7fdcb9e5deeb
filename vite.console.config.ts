import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

const flavour = process.env['HAVENDESK_FLAVOUR'] ?? 'release'

/** The supervisors' console: static files that the hub serves under `/`. Needs no inline script and no inline style. */
export default defineConfig({
  root: resolve('src/console'),
  base: '/',
  publicDir: resolve('src/console/public'),
  plugins: [react()],
  define: { __FLAVOUR__: JSON.stringify(flavour) },
  build: {
    outDir: resolve('out/console'),
    emptyOutDir: true,
    target: 'es2022',
    // A strict policy has no `data:` for fonts and scripts, and module preloading needs no helper in current browsers.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 1000
  }
})
