import { defineConfig } from '@playwright/test'
import { PATIENCE_MS } from './e2e/fixtures/patience'
import { chromiumPath } from './test/chromium'

const chromium = chromiumPath()
const timed = /@timed/
/**
 * A whole scene hangs on the time of real eyes, cameras and disks, and what is timed on the real clock. These are tried once
 * more where they failed, since a machine that others share can stand still for seconds. The closing lines of `npm test` name
 * each that needed it (docs/adr/0119).
 */
const SECOND_TRY = 1

/**
 * Real Electron and a real browser. On two cores one whole scene, which mostly waits for dwells, runs beside one of a part
 * of it (a page, a window, a workstation with a stand-in hub); what is held to a time of the real clock runs afterwards and
 * alone (`npm run test:e2e-timed`).
 */
export default defineConfig({
  testDir: 'e2e',
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 300_000,
  expect: { timeout: PATIENCE_MS },
  projects: [
    {
      name: 'scenes',
      testMatch: '{package,scenes}/**/*.e2e.ts',
      grepInvert: timed,
      workers: 1,
      retries: SECOND_TRY
    },
    { name: 'parts', testMatch: '{console,shell,workstation}/**/*.e2e.ts', grepInvert: timed },
    {
      name: 'timed-scenes',
      testMatch: '{package,scenes}/**/*.e2e.ts',
      grep: timed,
      workers: 1,
      retries: SECOND_TRY
    },
    {
      name: 'timed-parts',
      testMatch: '{console,shell,workstation}/**/*.e2e.ts',
      grep: timed,
      workers: 1,
      retries: SECOND_TRY
    }
  ],
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { chromiumSandbox: true, ...(chromium === undefined ? {} : { executablePath: chromium }) }
  }
})
