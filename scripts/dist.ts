import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import type { Flavour } from '../src/core/flavour'
import { measureProgram } from '../src/device/measure-program'
import { assemble } from './package/assemble'
import { fuseProblems, readFuseWires } from './package/fuse-wire'
import { decidedFuses } from './package/fuses'
import { RUNTIME, writeLauncher } from './package/launcher'
import { packagingProblem } from './package/may-package'
import { readBuildKey, signProgram, temporaryKey } from './package/manifest'

/**
 * Packages one flavour: built, packed around the desktop runtime, its fuses read back, every file listed and signed. A
 * release is packaged only around the official runtime and with a key of its own: the fall-back of the registry is old
 * and stands for development, tests and the demo, whose key is made for the one build.
 *
 * Usage: npm run dist -- [--flavour release|demo|test] [--sign-key FILE] [--out FOLDER]
 */
const { values } = parseArgs({
  options: {
    flavour: { type: 'string', default: 'release' },
    'sign-key': { type: 'string' },
    out: { type: 'string' }
  }
})

try {
  await dist()
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}

async function dist(): Promise<void> {
  const flavour = readFlavour(values.flavour)
  const runtime = z
    .object({ source: z.enum(['official', 'fallback']), version: z.string() })
    .parse(JSON.parse(readFileSync('.runtime/electron/runtime.json', 'utf8')))
  const keyFile = values['sign-key']
  const problem = packagingProblem({ flavour, platform: process.platform, runtime, keyFile })
  if (problem !== null) throw new Error(problem)
  const by = keyFile === undefined ? temporaryKey() : readBuildKey(keyFile)
  const output = resolve(values.out ?? join('out', 'dist', flavour))
  const program = join(output, 'program')
  const built = spawnSync(process.execPath, ['scripts/build.mjs', flavour, '--workstation', program], {
    stdio: 'inherit',
    env: { ...process.env, HAVENDESK_BUILD_KEY: JSON.stringify(by.key) }
  })
  if (built.status !== 0) throw new Error('The workstation was not built.')

  const folder = await assemble({
    flavour,
    program,
    output: join(output, 'package'),
    runtime: { folder: resolve('.runtime/electron'), version: runtime.version }
  })
  const wires = readFuseWires(readFileSync(join(folder, RUNTIME)))
  const major = Number(runtime.version.split('.')[0])
  const otherwise = fuseProblems(wires, decidedFuses(flavour), major)
  if (otherwise.length > 0) throw new Error(`The fuses are not as decided: ${otherwise.join('; ')}.`)

  writeLauncher(folder, flavour)
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync('package.json', 'utf8')))
  const archive = join(folder, 'resources', 'app.asar')
  const files = await signProgram({ archive, flavour, version, by })
  console.log(`packaged ${flavour}: ${folder}`)
  console.log(`  ${String(files)} files listed and signed by key ${by.key.keyId.slice(0, 16)}`)
  console.log(`  build hash for the hub: ${await measureProgram(archive)}`)
}

function readFlavour(word: string): Flavour {
  const flavour = z.enum(['release', 'test', 'demo']).safeParse(word)
  if (!flavour.success) throw new Error(`--flavour: ${word} is none. Use release, test or demo.`)
  return flavour.data
}
