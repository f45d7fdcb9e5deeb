import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runAsUser } from './bootstrap/as-user.mjs'
import { prepare, projectRoot } from './bootstrap/prepare.mjs'
import { SetupError } from './bootstrap/report.mjs'
import { npmCommand } from './bootstrap/run.mjs'
import { isRoot } from './bootstrap/user.mjs'
import { inDesktopSession, runHere } from './desktop-session.mjs'
import { runAsMain } from './session/main.mjs'
import { fromPlaywright, fromVitest, judge } from './session/results.mjs'

const minutes = (n) => n * 60_000
const results = 'test-results'
const vitest = (name) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}/${name}.json`
]

/**
 * `read` turns the stage's report into results; a stage without one passes or fails as a whole. `desktop`: needs a
 * display and a keychain. `built`: runs what the build made. `limitMs`: a stage that hangs is ended then.
 */
const stages = [
  { name: 'types', script: 'check:types', limitMs: minutes(8) },
  { name: 'lint', script: 'lint', limitMs: minutes(8) },
  { name: 'build', script: 'build:test', limitMs: minutes(8) },
  { name: 'unit', script: 'test:unit', args: vitest('unit'), read: fromVitest, limitMs: minutes(8) },
  {
    name: 'integration',
    script: 'test:integration',
    args: vitest('integration'),
    read: fromVitest,
    desktop: true,
    built: true,
    limitMs: minutes(8)
  },
  { name: 'e2e', script: 'test:e2e', read: fromPlaywright, desktop: true, built: true, limitMs: minutes(12) }
]

const usage = `usage: npm test -- [--no-skips] [--only ${stages.map(({ name }) => name).join(',')}]`

/** `npm test`: sets up what is missing, then runs every stage as the right user and adds the results up. */
async function test(args) {
  const { values } = parseArgs({
    args,
    options: { 'no-skips': { type: 'boolean' }, only: { type: 'string' }, prepared: { type: 'boolean' } }
  })
  const only = values.only?.split(',')
  const unknown = only?.find((name) => !stages.some((stage) => stage.name === name))
  if (unknown) throw new SetupError(`There is no stage "${unknown}".\n${usage}`)
  const chosen = stages.filter(({ name }) => !only || only.includes(name))
  if (!values.prepared) await prepare({ headless: process.platform === 'linux', tests: true })
  if (!isRoot()) return runStages(chosen, { noSkips: values['no-skips'] ?? false })
  const again = [process.execPath, join(projectRoot, 'scripts', 'test.mjs'), '--prepared', ...args]
  return (await runAsUser(again, { root: projectRoot })).code
}

async function runStages(chosen, { noSkips }) {
  process.chdir(projectRoot)
  mkdirSync(results, { recursive: true })
  const started = Date.now()
  /** @type {import('./session/results.mjs').Result[]} */
  const all = []
  for (const stage of chosen) {
    const unbuilt =
      stage.built && all.some(({ stage: name, state }) => name === 'build' && state === 'failed')
    all.push(...(unbuilt ? [notRun(stage)] : await runStage(stage)))
  }
  const { text, passed } = judge(all, { noSkips })
  writeFileSync(join(results, 'summary.json'), `${JSON.stringify(all, null, 1)}\n`)
  console.log(`\nAll stages took ${Math.round((Date.now() - started) / 1000)} s.\n${text}`)
  return passed ? 0 : 1
}

const notRun = ({ name }) => ({
  stage: name,
  title: name,
  state: 'failed',
  detail: 'not run, because the build failed'
})

async function runStage(stage) {
  console.log(`\n== ${stage.name} ==`)
  const started = Date.now()
  const report = join(results, `${stage.name}.json`)
  rmSync(report, { force: true })
  const { code, timedOut } = await execute(stage)
  const detail = timedOut ? `ended after ${stage.limitMs / 60_000} min` : `exit code ${code}`
  const found = stage.read
    ? stage.read(stage.name, report, { code, detail })
    : [{ stage: stage.name, title: stage.name, state: code === 0 ? 'passed' : 'failed', detail }]
  const failed = found.filter(({ state }) => state === 'failed').length
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`
  console.log(`== ${stage.name}: ${failed === 0 ? 'good' : `${failed} failed`}, ${took} ==`)
  return found
}

function execute({ script, args = [], desktop, limitMs }) {
  const { command, first } = npmCommand()
  const words = [command, ...first, 'run', '--silent', script, '--', ...args]
  const variables = { ELECTRON_OVERRIDE_DIST_PATH: join(projectRoot, '.runtime', 'electron') }
  if (!desktop) return runHere(words, { ...process.env, ...variables }, { limitMs })
  return inDesktopSession({ isolated: true }, (env) => runHere(words, { ...env, ...variables }, { limitMs }))
}

runAsMain(import.meta.url, test)
