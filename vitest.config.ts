import { defineConfig } from 'vitest/config'
import react from '@vitejs/plugin-react'

const define = { __FLAVOUR__: JSON.stringify('test') }

/** These hold something to a time of the real clock: they run after the others, one at a time. */
const timed = [
  'src/main/courier/courier.itest.ts',
  'test/applications/applications.itest.ts',
  'test/hub/console.itest.ts',
  'test/hub/copies.itest.ts',
  'test/hub/devices.itest.ts',
  'test/vpn/vpn.itest.ts'
]
/** These need root, and mounts of their own: `npm test` runs them before it changes to an ordinary user. */
const root = '{src,scripts,test}/**/*.root.itest.ts'
// Real databases, keychains and servers.
const integration = { testTimeout: 180_000, hookTimeout: 180_000, expect: { poll: { timeout: 30_000 } } }

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
          testTimeout: 60_000,
          // They share no state to keep apart: loading every module anew for each file took longer than the tests.
          isolate: false
        }
      },
      {
        define,
        test: {
          ...integration,
          name: 'integration',
          include: ['{src,scripts,test}/**/*.itest.ts'],
          exclude: [...timed, root],
          // Most of their time they wait: two at a time keep two cores busy.
          maxWorkers: 2,
          sequence: { groupOrder: 1 }
        }
      },
      {
        define,
        test: {
          ...integration,
          name: 'integration-timed',
          include: timed,
          fileParallelism: false,
          sequence: { groupOrder: 2 }
        }
      },
      {
        define,
        test: { ...integration, name: 'root', include: [root], sequence: { groupOrder: 3 } }
      }
    ]
  }
})
