import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { build } from 'vite'

/** A program of the tests' own, compiled once for all its starts. */
export interface ChildProgram {
  /** For `node FILE`. */
  readonly file: string
  remove(): void
}

/** Compiles `entry`, a file of TypeScript; the packages stay in `node_modules`. Call `remove` at the end. */
export async function childProgram(entry: string): Promise<ChildProgram> {
  const above = resolve('.runtime/children')
  mkdirSync(above, { recursive: true })
  // Within the project, where its packages are found.
  const folder = mkdtempSync(join(above, 'child-'))
  const name = `${basename(entry, '.ts')}.mjs`
  await build({
    configFile: false,
    logLevel: 'error',
    define: { __FLAVOUR__: JSON.stringify('test') },
    build: {
      ssr: resolve(entry),
      outDir: folder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rolldownOptions: { output: { format: 'es', entryFileNames: name } }
    },
    ssr: { external: true }
  })
  return { file: join(folder, name), remove: () => rmSync(folder, { recursive: true, force: true }) }
}
