import { join } from 'node:path'
import { runAsUser } from './bootstrap/as-user.mjs'
import { npm } from './bootstrap/run.mjs'
import { prepare, projectRoot } from './bootstrap/prepare.mjs'
import { isRoot, lookUpUser } from './bootstrap/user.mjs'
import { openFreezableDisk } from './bench/freezable-disk.mjs'
import { runAsMain } from './session/main.mjs'

/**
 * Runs a benchmark that needs the whole floor: set-up, build, then the bench as the unprivileged user in a desktop
 * session of its own.
 *
 *   node scripts/bench.mjs blank [--runs N] [--json FILE] [--load]
 */
async function bench([name, ...args]) {
  await prepare({ headless: true })
  const built = await npm(['run', '--silent', 'build:test'], { cwd: projectRoot })
  if (built.code !== 0) {
    console.error(`${built.stdout}${built.stderr}`)
    return 1
  }
  const node = process.execPath
  const at = (...path) => join(projectRoot, ...path)
  const command = [
    node,
    at('scripts', 'desktop-session.mjs'),
    '--isolated',
    '--',
    node,
    at('node_modules', 'tsx', 'dist', 'cli.mjs'),
    at('scripts', 'bench', `${name}.ts`),
    ...args
  ]
  if (!args.includes('--load') || !isRoot()) return (await runAsUser(command, { root: projectRoot })).code
  const user = lookUpUser()
  const disk = openFreezableDisk(user.uid, user.gid)
  try {
    const env = { ...process.env, HAVENDESK_BENCH_DISK: disk.disk, HAVENDESK_BENCH_CONTROL: disk.control }
    return (await runAsUser(command, { root: projectRoot, env })).code
  } finally {
    disk.close()
  }
}

runAsMain(import.meta.url, bench)
