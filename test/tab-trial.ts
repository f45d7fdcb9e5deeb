import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'vite'

const runtime = resolve('.runtime/electron/electron')

/** An Electron with one tab, whose main process is a program of the tests that says in one line of JSON what it saw. */
export class TabTrial {
  private constructor(private readonly folder: string) {}

  /** `child`: the program, in TypeScript. */
  static async open(child: string): Promise<TabTrial> {
    const folder = mkdtempSync(join(tmpdir(), 'tab-'))
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
          input: { tab: resolve(child) },
          external: ['electron', /^node:/],
          output: { format: 'cjs', entryFileNames: 'tab.cjs' }
        }
      }
    })
    return new TabTrial(folder)
  }

  async run(variables: Readonly<Record<string, string>>): Promise<Readonly<Record<string, number>>> {
    const data = `--user-data-dir=${mkdtempSync(join(this.folder, 'data-'))}`
    const env = { ...process.env, ...variables }
    const { stdout } = await promisify(execFile)(runtime, [this.folder, data], { env, timeout: 50_000 })
    const line = stdout.split('\n').find((one) => one.startsWith('{')) ?? ''
    return JSON.parse(line) as Readonly<Record<string, number>>
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true })
  }
}
