import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { build, Platform, type Configuration } from 'electron-builder'
import { z } from 'zod'

/**
 * Packages one flavour with electron-builder. A release is packaged only around the official desktop runtime: the
 * fall-back of the registry is old and stands for development, tests and the demo.
 *
 * Usage: npm run dist [-- --flavour release|demo|test]
 */
const flavour = readFlavour(process.argv.slice(2))
const runtime = z
  .object({ source: z.enum(['official', 'fallback']), version: z.string() })
  .parse(JSON.parse(readFileSync('.runtime/electron/runtime.json', 'utf8')))

if (flavour === 'release' && runtime.source !== 'official') {
  console.error(
    `A release needs the official desktop runtime. Here is the fall-back, Electron ${runtime.version}.\n` +
      'Run npm start once where the official download is reachable, or package with: npm run dist -- --flavour demo'
  )
  process.exit(1)
}

/** Native modules cannot be bundled: they ship beside the bundle, with what they load. */
const natives = [
  'keytar',
  '@photostructure/sqlite',
  'node-gyp-build',
  'koffi',
  `@koromix/koffi-${process.platform}-${process.arch}`
]
const besideTheBundle = (name: string) => ({
  from: resolve('node_modules', name),
  to: `node_modules/${name}`,
  filter: ['package.json', 'lib/**', 'dist/**', 'prebuilds/**', '*.js', '*.cjs', '**/*.node']
})

/** Every fuse is decided; a new one in an upgrade of the type has to be decided too. */
const fuses: Required<Omit<NonNullable<Configuration['electronFuses']>, 'resetAdHocDarwinSignature'>> = {
  runAsNode: false,
  enableCookieEncryption: true,
  enableNodeOptionsEnvironmentVariable: false,
  // The driver of the end-to-end tests connects here; the hub of a real organisation refuses that flavour.
  enableNodeCliInspectArguments: flavour === 'test',
  enableEmbeddedAsarIntegrityValidation: true,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  grantFileProtocolExtraPrivileges: false
}

const built = spawnSync(process.execPath, ['scripts/build.mjs', flavour], { stdio: 'inherit' })
if (built.status !== 0) process.exit(built.status ?? 1)

const output = resolve('out', 'dist', flavour)
rmSync(output, { recursive: true, force: true })
const files = await build({
  targets: Platform.current().createTarget('dir'),
  publish: 'never',
  config: {
    appId: flavour === 'release' ? 'org.havendesk.workstation' : `org.havendesk.${flavour}`,
    productName: 'Havendesk',
    directories: { output, app: resolve('out', flavour) },
    electronDist: resolve('.runtime/electron'),
    electronVersion: runtime.version,
    electronFuses: fuses,
    asar: true,
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    files: [
      'main/**',
      'preload/**',
      'renderer/**',
      'models/**',
      'package.json',
      ...natives.map(besideTheBundle)
    ]
  }
})
console.log(`packaged ${flavour}: ${files.length > 0 ? files.join(', ') : output}`)
if (!existsSync(output)) process.exit(1)

function readFlavour(args: readonly string[]): 'release' | 'test' | 'demo' {
  const at = args.indexOf('--flavour')
  return z.enum(['release', 'test', 'demo']).parse(at === -1 ? 'release' : args[at + 1])
}
