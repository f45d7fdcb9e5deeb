import { defineConfig } from '@playwright/test'
import { chromiumPath } from './test/chromium'

const chromium = chromiumPath()

/** Real Electron and a real browser, one scene at a time: two cores draw, detect and serve. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.e2e.ts',
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  retries: 0,
  timeout: 90_000,
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    trace: 'off',
    screenshot: 'only-on-failure',
    launchOptions: { chromiumSandbox: true, ...(chromium === undefined ? {} : { executablePath: chromium }) }
  }
})
