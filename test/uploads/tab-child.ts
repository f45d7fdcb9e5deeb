import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { app, BrowserWindow } from 'electron'
import { lockedPreferences } from '../../src/main/hardening/contents'
import { holdPages } from '../../src/main/workspace/held-page'
import { openPrintingSite } from '../printing/site'
import { helpers, waysToGive } from './ways'

/** For what comes at once, on a machine that is busy. */
const LIMIT_MS = 15_000

/**
 * Electron's main process of one try: opens a tab as the workspace does, has its page ask for a file in the way that
 * `HAVENDESK_WAY` names, and prints `{ given, dialogs, refused }`. `dropped`: a real file is dropped on the page by the
 * inspector. With `HAVENDESK_HELD=no` nothing keeps the page from it.
 */
async function main(): Promise<void> {
  const name = process.env['HAVENDESK_WAY'] ?? ''
  const isHeld = process.env['HAVENDESK_HELD'] !== 'no'
  const site = await openPrintingSite()
  const window = new BrowserWindow({ webPreferences: lockedPreferences(false) })
  const { webContents: contents } = window
  let refused = 0
  if (isHeld) {
    await holdPages(
      contents,
      { printing: 'block', uploads: 'block' },
      { refused: (what) => (refused += what === 'upload' ? 1 : 0), lost: () => undefined }
    )
  } else contents.debugger.attach('1.3')
  await contents.loadURL(site.url)
  if (name === 'dropped') await dropped(contents)
  else {
    const way = waysToGive[name]
    if (way === undefined) throw new Error('there is no such way')
    // Not waited for: a page whose dialog is open may stand still.
    void contents.executeJavaScript(`${helpers} ${way}; 0`, true)
    // The click of a person is of the frame that it meets, so that one has to be there.
    const isReady = (): Promise<boolean> =>
      contents.executeJavaScript('window.ready ?? true') as Promise<boolean>
    for (const until = performance.now() + LIMIT_MS; !(await isReady()) && performance.now() < until;)
      await sleep(50)
    await sleep(500)
    for (const type of ['mouseDown', 'mouseUp'] as const)
      contents.sendInputEvent({ type, x: 30, y: 30, button: 'left', clickCount: 1 })
  }
  const given = (): Promise<number> => contents.executeJavaScript('window.given ?? 0') as Promise<number>
  const until = performance.now() + LIMIT_MS
  while (refused === 0 && dialogs() === 0 && (await given()) === 0 && performance.now() < until)
    await sleep(100)
  await sleep(700) // a dialog takes a moment
  process.stdout.write(`${JSON.stringify({ given: await given(), dialogs: dialogs(), refused })}\n`)
  process.exit(0)
}

async function dropped(contents: Electron.WebContents): Promise<void> {
  const file = join(app.getPath('userData'), 'letter.txt')
  writeFileSync(file, 'a letter')
  await contents.executeJavaScript(`
    window.given = 0
    addEventListener('dragover', (event) => { event.preventDefault() })
    addEventListener('drop', (event) => { event.preventDefault(); window.given = event.dataTransfer.files.length })`)
  const data = { items: [], files: [file], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'])
    await contents.debugger.sendCommand('Input.dispatchDragEvent', { type, x: 50, y: 50, data })
}

/** How many dialogs for files this program has on the screen. */
const dialogs = (): number =>
  spawnSync(
    'xdotool',
    [
      'search',
      '--all',
      '--onlyvisible',
      '--pid',
      String(process.pid),
      '--name',
      '^(Open|Select|Save|Choose) '
    ],
    { encoding: 'utf8' }
  )
    .stdout.split('\n')
    .filter((line) => line !== '').length

const sleep = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms))

app
  .whenReady()
  .then(main)
  .catch((error: unknown) => {
    process.stderr.write(`${String(error)}\n`)
    process.exit(1)
  })
