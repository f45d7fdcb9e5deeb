import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const kinds = /\.(ts|tsx|js|mjs|cjs|json)$/
/** Not ours, or made from ours. */
const others = new Set([
  'node_modules',
  'out',
  '.runtime',
  'test-results',
  'playwright-report',
  'coverage',
  '.git'
])

/** Every file below the current folder that lint looks at or may depend on, sorted. */
export function projectFiles(folder = '.') {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !others.has(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return projectFiles(path)
      return entry.isFile() && kinds.test(entry.name) ? [path] : []
    })
    .sort()
}
