import { spawnSync } from 'node:child_process'

// One project per runtime: a wrong import fails because the types of the other runtime are not there.
const projects = ['core', 'vision', 'main', 'preload', 'node', 'web', 'tools']
let failed = 0
for (const project of projects) {
  const run = spawnSync(
    process.execPath,
    ['node_modules/typescript/bin/tsc', '-p', `tsconfig.${project}.json`],
    {
      stdio: 'inherit'
    }
  )
  console.log(`types ${project}: ${run.status === 0 ? 'ok' : 'failed'}`)
  if (run.status !== 0) failed += 1
}
process.exit(failed === 0 ? 0 : 1)
