import { vi } from 'vitest'
import { build, type InlineConfig } from 'vite'

/**
 * Builds the main process of a flavour into `outDir`, by the project's own build. The caller undoes the stubbed environment
 * (`vi.unstubAllEnvs`).
 */
export async function buildMain(flavour: 'release' | 'test', outDir: string): Promise<void> {
  vi.stubEnv('HAVENDESK_FLAVOUR', flavour)
  vi.resetModules()
  const { default: config } = await import('../electron.vite.config')
  const { main } = config as { main: InlineConfig & { build: Record<string, unknown> } }
  const { input, external, output } = main.build['rolldownOptions'] as Record<string, object>
  await build({
    configFile: false,
    logLevel: 'error',
    define: { ...main.define },
    ssr: { noExternal: true },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      rolldownOptions: { input, external: [...(external as string[]), /^node:/], output } as never
    }
  })
}
