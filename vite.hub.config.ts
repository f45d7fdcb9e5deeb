import { cpSync } from 'node:fs'
import { resolve } from 'node:path'
import { build, defineConfig, type InlineConfig, type Plugin } from 'vite'

/** One Node program as one file, with the migrations beside it. What npm installed stays outside: some is native. */
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
    rolldownOptions: { output: { format: 'es', entryFileNames: `${name}.js` } }
  },
  ssr: { external: true },
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
