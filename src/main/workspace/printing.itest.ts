import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { requires } from '../../../test/requires'
import { waysToPrint } from '../../../test/printing/ways'

const runtime = resolve('.runtime/electron/electron')

/**
 * In an Electron of its own and not in a scene: what drives scenes is a second inspector of the same page, and with it
 * Chromium runs no script of ours in frames.
 */
describe('C3 printing from a tab', () => {
  let folder = ''
  beforeEach((context) => requires(context, 'linux', 'display', 'electron'))
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'printing-'))
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'tab', main: 'tab.cjs' }))
    await build({
      configFile: false,
      logLevel: 'error',
      ssr: { noExternal: true },
      build: {
        ssr: true,
        outDir: folder,
        emptyOutDir: false,
        rolldownOptions: {
          input: { tab: resolve('test/printing/tab-child.ts') },
          external: ['electron', /^node:/],
          output: { format: 'cjs', entryFileNames: 'tab.cjs' }
        }
      }
    })
  })
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true })
  })

  const tryIt = async (
    way: string,
    more: Readonly<Record<string, string>> = {}
  ): Promise<{ dialogs: number; refused: number }> => {
    const env = { ...process.env, HAVENDESK_WAY: way, ...more }
    const data = `--user-data-dir=${mkdtempSync(join(folder, 'data-'))}`
    const { stdout } = await promisify(execFile)(runtime, [folder, data], { env, timeout: 50_000 })
    const line = stdout.split('\n').find((one) => one.startsWith('{')) ?? ''
    return JSON.parse(line) as { dialogs: number; refused: number }
  }

  it('opens the dialog of the system where nothing holds it', async () => {
    expect((await tryIt('the function of an empty frame', { HAVENDESK_HELD: 'no' })).dialogs).toBe(1)
  })

  it.each(Object.keys(waysToPrint))('opens no dialog and is told: %s', async (way) => {
    const { dialogs, refused } = await tryIt(way)
    expect(dialogs).toBe(0)
    expect(refused).toBeGreaterThan(0)
  })

  it('holds a page that is loaded again after its process broke off', async () => {
    const { dialogs, refused } = await tryIt('a frame of the site', { HAVENDESK_CRASHED: 'yes' })
    expect(dialogs).toBe(0)
    expect(refused).toBeGreaterThan(0)
  })
})
