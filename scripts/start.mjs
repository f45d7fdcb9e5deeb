import { join } from 'node:path'
import { runAsUser } from './bootstrap/as-user.mjs'
import { prepare, projectRoot } from './bootstrap/prepare.mjs'
import { createReport } from './bootstrap/report.mjs'
import { npm, run } from './bootstrap/run.mjs'
import { isRoot, userName } from './bootstrap/user.mjs'
import { inDesktopSession, runHere } from './desktop-session.mjs'
import { inputsOf, isBuilt, markBuilt } from './session/built.mjs'
import { displayAnswers } from './session/display.mjs'
import { runAsMain } from './session/main.mjs'

const prepared = '--prepared'

/** `npm start`: sets up what is missing, builds what changed, then runs the demo as the right user in the right session. */
async function start(args) {
  if (args[0] === prepared) return demo(args.slice(1))
  const seated = await displayAnswers()
  await prepare({
    headless: process.platform === 'linux' && (isRoot() || !seated),
    withoutSandbox: args.includes('--demo-without-sandbox')
  })
  if (!isRoot()) return demo(args)
  // The person's display lets only its owner in; the demo's user is asked in for it, and the server forgets with the login.
  if (seated) await run('xhost', [`+si:localuser:${userName}`])
  const again = [process.execPath, join(projectRoot, 'scripts', 'start.mjs'), prepared, ...args]
  return (await runAsUser(again, { root: projectRoot })).code
}

async function demo(args) {
  if (!(await build())) return 1
  const tsx = join(projectRoot, 'node_modules', 'tsx', 'dist', 'cli.mjs')
  const script = join(projectRoot, 'scripts', 'demo', 'demo.ts')
  const keychainStore = join(projectRoot, '.runtime', 'keychain')
  const { code } = await inDesktopSession({ keychainStore }, (env) =>
    runHere([process.execPath, tsx, script, ...args], { ...env, ...runtimeVariables() })
  )
  return code
}

/** Electron's package looks for its program here, instead of downloading it. */
const runtimeVariables = () => ({ ELECTRON_OVERRIDE_DIST_PATH: join(projectRoot, '.runtime', 'electron') })

async function build() {
  const inputs = inputsOf(projectRoot, 'demo')
  if (isBuilt(projectRoot, 'demo', inputs)) return true
  const report = createReport()
  report.step('Building the demo')
  const { code, stdout, stderr } = await npm(['run', '--silent', 'build:demo'], {
    cwd: projectRoot,
    onOutput: (text) =>
      text.split('\n').forEach((line) => line.startsWith('built ') && report.say(`  ${line}`))
  })
  if (code === 0) markBuilt(projectRoot, 'demo', inputs)
  else report.say(`${stdout}${stderr}\nThe build failed; what it said stands above.`)
  return code === 0
}

runAsMain(import.meta.url, start)
