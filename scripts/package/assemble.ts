import { readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, Platform } from 'electron-builder'
import { z } from 'zod'
import type { Flavour } from '../../src/core/flavour'
import { builderFuses } from './fuses'
import { RUNTIME } from './launcher'
import { nativeFileSets } from './natives'

export interface AssembleOptions {
  readonly flavour: Flavour
  /** The built workstation: main, preload, renderer, models and package.json. */
  readonly program: string
  readonly output: string
  /** Folder and version of the desktop runtime. */
  readonly runtime: { readonly folder: string; readonly version: string }
}

/** What the runtime's folder has for development and what crashes would be written by: none of it ships. */
const notShipped = ['resources/app', 'runtime.json', '.stamp.json', 'chrome_crashpad_handler']

/** Packages a built program around the runtime. Answers the folder that can be installed. */
export async function assemble({ flavour, program, output, runtime }: AssembleOptions): Promise<string> {
  rmSync(output, { recursive: true, force: true })
  await build({
    targets: Platform.LINUX.createTarget('dir'),
    publish: 'never',
    config: {
      appId: flavour === 'release' ? 'org.havendesk.workstation' : `org.havendesk.${flavour}`,
      productName: 'Havendesk',
      directories: { output, app: program },
      electronDist: runtime.folder,
      electronVersion: runtime.version,
      electronFuses: builderFuses(flavour),
      linux: { executableName: RUNTIME },
      asar: true,
      asarUnpack: ['**/*.node'],
      // All is bundled but the native modules, which are named one by one: no tree of packages is walked or rebuilt.
      beforeBuild: () => Promise.resolve(false),
      files: ['main/**', 'preload/**', 'renderer/**', ...modelFiles(), 'package.json', ...nativeFileSets()]
    }
  })
  const folder = join(output, 'linux-unpacked')
  for (const name of notShipped) rmSync(join(folder, name), { recursive: true, force: true })
  return folder
}

/** The models that the program's own manifest names, and no other file of their folders. */
function modelFiles(): readonly string[] {
  const manifest = z.object({
    models: z.array(z.object({ name: z.string(), files: z.array(z.object({ path: z.string() })) }))
  })
  const { models } = manifest.parse(JSON.parse(readFileSync(resolve('models/manifest.json'), 'utf8')))
  return models.flatMap(({ name, files }) => files.map(({ path }) => `models/${name}/${path}`))
}
