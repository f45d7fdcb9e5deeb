import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'

const define = { __FLAVOUR__: JSON.stringify('test') }

export default defineConfig({
  define,
  test: {
    projects: [
      {
        define,
        plugins: [react()],
        test: {
          name: 'unit',
          include: ['{src,scripts,test,eslint,build}/**/*.spec.{ts,tsx}'],
          testTimeout: 20_000
        }
      },
      {
        define,
        test: {
          name: 'integration',
          include: ['{src,scripts,test}/**/*.itest.ts'],
          // Real databases, keychains and servers: one at a time on two cores.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 120_000
        }
      }
    ]
  }
})
