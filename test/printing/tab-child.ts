import { app, BrowserWindow } from 'electron'
import { lockedPreferences } from '../../src/main/hardening/contents'
import { holdPages } from '../../src/main/workspace/held-page'
import { dialogs } from './dialogs'
import { openPrintingSite } from './site'
import { helpers, waysToPrint } from './ways'

/**
 * Electron's main process of one try: opens a tab as the workspace does, has its page print in the way that
 * `HAVENDESK_WAY` names, and prints `{ dialogs, refused }`. With `HAVENDESK_HELD=no` nothing keeps
 * the page from it; with `HAVENDESK_CRASHED=yes` its process broke off before, and it was loaded again.
 */
async function main(): Promise<void> {
  const way = waysToPrint[process.env['HAVENDESK_WAY'] ?? '']
  if (way === undefined) throw new Error('there is no such way')
  const site = await openPrintingSite()
  const window = new BrowserWindow({ webPreferences: lockedPreferences(false) })
  let refused = 0
  let isOver = false
  if (process.env['HAVENDESK_HELD'] !== 'no') {
    await holdPages(
      window.webContents,
      { printing: 'block', uploads: 'block' },
      {
        refused: () => (refused += 1),
        lost: (error) => {
          if (!isOver) process.stderr.write(`${error.message}\n`)
          refused = Number.NaN
        }
      }
    )
  }
  await window.loadURL(site.url)
  if (process.env['HAVENDESK_CRASHED'] === 'yes') {
    const gone = new Promise((done) => window.webContents.once('render-process-gone', done))
    window.webContents.forcefullyCrashRenderer()
    await gone
    await sleep(300) // as the workspace waits
    await window.loadURL(site.url)
  }
  // Not waited for: a page that prints stands still until its dialog is gone.
  void window.webContents.executeJavaScript(`setTimeout(() => { ${helpers} ${way} }, 0); 0`)
  const until = performance.now() + 10_000
  while (refused === 0 && dialogs(process.pid) === 0 && performance.now() < until) await sleep(100)
  await sleep(1000) // a dialog takes a moment
  isOver = true
  process.stdout.write(`${JSON.stringify({ dialogs: dialogs(process.pid), refused })}\n`)
  process.exit(0)
}

const sleep = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms))

app
  .whenReady()
  .then(main)
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  })
