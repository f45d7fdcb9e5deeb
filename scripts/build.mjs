import { spawnSync } from 'node:child_process'
import { isAbsolute, join } from 'node:path'
import { existsSync, writeFileSync, mkdirSync, readFileSync, cpSync, rmSync } from 'node:fs'

// Builds every program of one flavour: the workstation, the hub, the provisioning tool, the service and the console.
// With --workstation FOLDER, the workstation alone, into that folder: for packaging.
const [flavour, option, target] = process.argv.slice(2)
const isPart = option === '--workstation' && target !== undefined && isAbsolute(target)
if (!['release', 'test', 'demo'].includes(flavour) || (option !== undefined && !isPart)) {
  console.error('usage: node scripts/build.mjs release|test|demo [--workstation ABSOLUTE_FOLDER]')
  process.exit(2)
}

const out = isPart ? target : join('out', flavour)

const run = (title, bin, args) => {
  const started = Date.now()
  const env = {
    ...process.env,
    HAVENDESK_FLAVOUR: flavour,
    ...(isPart ? { HAVENDESK_OUT: target } : {}),
    NODE_ENV: 'production'
  }
  const result = spawnSync(process.execPath, [bin, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    env
  })
  if (result.status !== 0) {
    console.error(`${result.stdout}\n${result.stderr}`)
    console.error(`Building ${title} failed.`)
    process.exit(1)
  }
  console.log(`built ${title} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
}

const vite = 'node_modules/vite/bin/vite.js'
// electron-vite writes a file beside its configuration. Whoever builds may write in out/, but not always in the project.
mkdirSync('out', { recursive: true })
writeFileSync('out/electron.vite.config.mjs', "export { default } from '../electron.vite.config.ts'\n")
run(`workstation, ${flavour}`, 'node_modules/electron-vite/bin/electron-vite.js', [
  'build',
  '--config',
  'out/electron.vite.config.mjs',
  '--logLevel',
  'warn'
])
for (const program of isPart ? [] : ['hub', 'service', 'console']) {
  run(program, vite, ['build', '--config', `vite.${program}.config.ts`, '--logLevel', 'warn'])
}

// Electron reads the program's name and first file from here.
const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
mkdirSync(out, { recursive: true })
const name = flavour === 'release' ? 'havendesk' : `havendesk-${flavour}`
writeFileSync(
  join(out, 'package.json'),
  `${JSON.stringify({ name, version, main: 'main/index.cjs' }, null, 2)}\n`
)

if (existsSync('.runtime/models')) {
  rmSync(join(out, 'models'), { recursive: true, force: true })
  cpSync('.runtime/models', join(out, 'models'), { recursive: true })
}
