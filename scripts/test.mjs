import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { runAsUser } from './bootstrap/as-user.mjs'
import { prepare, projectRoot } from './bootstrap/prepare.mjs'
import { SetupError } from './bootstrap/report.mjs'
import { npmCommand } from './bootstrap/run.mjs'
import { isRoot } from './bootstrap/user.mjs'
import { inDesktopSession } from './desktop-session.mjs'
import { tied } from './session/display.mjs'
import { runAsMain } from './session/main.mjs'
import { endMarked, holdInterrupts, marked, newMark, supervise } from './session/processes.mjs'
import { fromPlaywright, fromVitest, judge } from './session/results.mjs'

const minutes = (n) => n * 60_000
const results = 'test-results'
const byRoot = `${results}/by-root.json`
const vitest = (name) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${results}/${name}.json`
]
const playwright = (name) => ({
  args: [`--output=${results}/${name}`],
  env: { PLAYWRIGHT_JSON_OUTPUT_FILE: `${results}/${name}.json` }
})

/**
 * `read` turns the stage's report into results; a stage without one passes or fails as a whole. `desktop`: needs a
 * display and a keychain. `built`: runs what the build made. `lane`: the stages of a lane run one after the other, the
 * lanes beside each other and before all that has none; what they print is shown at their end. `limitMs`: a stage that
 * hangs is ended then. `root`: root runs it, before all else; whoever is not root skips it and says so.
 */
const stages = [
  {
    name: 'root',
    script: 'test:root',
    args: vitest('root'),
    read: fromVitest,
    root: true,
    limitMs: minutes(5)
  },
  { name: 'lint', script: 'lint', lane: 1, limitMs: minutes(16) },
  { name: 'types', script: 'check:types', lane: 2, limitMs: minutes(16) },
  { name: 'build', script: 'build:test', lane: 3, limitMs: minutes(8) },
  {
    name: 'unit',
    script: 'test:unit',
    args: vitest('unit'),
    read: fromVitest,
    lane: 3,
    limitMs: minutes(16)
  },
  {
    name: 'integration',
    script: 'test:integration',
    args: vitest('integration'),
    read: fromVitest,
    desktop: true,
    built: true,
    limitMs: minutes(24)
  },
  {
    name: 'e2e',
    script: 'test:e2e',
    ...playwright('e2e'),
    read: fromPlaywright,
    desktop: true,
    built: true,
    limitMs: minutes(30)
  },
  {
    name: 'e2e-timed',
    script: 'test:e2e-timed',
    ...playwright('e2e-timed'),
    read: fromPlaywright,
    desktop: true,
    built: true,
    limitMs: minutes(15)
  }
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
  const noSkips = values['no-skips'] ?? false
  if (!isRoot() && values.prepared) {
    const before = JSON.parse(readFileSync(join(projectRoot, byRoot), 'utf8'))
    return runStages(
      chosen.filter(({ root }) => !root),
      { noSkips, before }
    )
  }
  if (!isRoot()) return runStages(chosen, { noSkips })
  await runAsRoot(chosen.filter(({ root }) => root))
  const again = [process.execPath, join(projectRoot, 'scripts', 'test.mjs'), '--prepared', ...args]
  return (await runAsUser(again, { root: projectRoot })).code
}

/** Runs what needs root, and leaves its results for the ordinary user to add up. */
async function runAsRoot(chosen) {
  process.chdir(projectRoot)
  mkdirSync(results, { recursive: true })
  const all = []
  for (const stage of chosen) all.push(...(await runStage(stage)))
  writeFileSync(byRoot, JSON.stringify(all))
}

/** `before`: what root found in the stages that it ran. */
async function runStages(chosen, { noSkips, before = [] }) {
  process.chdir(projectRoot)
  mkdirSync(results, { recursive: true })
  const started = Date.now()
  /** @type {import('./session/results.mjs').Result[]} */
  const all = [...before]
  const hold = holdInterrupts()
  // Each lane computes in one thread: together they keep the cores busy, whichever of them is the longest.
  const lanes = [...new Set(chosen.flatMap(({ lane }) => lane ?? []))].map((lane) =>
    chosen.filter((stage) => stage.lane === lane)
  )
  if (lanes.length > 0)
    console.log(
      `\nRunning together: ${lanes
        .flat()
        .map(({ name }) => name)
        .join(', ')}`
    )
  const inLane = async (lane) => {
    for (const stage of lane) {
      if (hold.came()) return
      all.push(...(await runStage(stage)))
    }
  }
  await Promise.all(lanes.map(inLane))
  for (const stage of chosen.filter(({ lane }) => lane === undefined)) {
    hold.check()
    const unbuilt =
      stage.built && all.some(({ stage: name, state }) => name === 'build' && state === 'failed')
    all.push(...(unbuilt ? [notRun(stage)] : await runStage(stage)))
  }
  hold.check()
  hold.release()
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
  const heading = `\n== ${stage.name} ==`
  if (stage.lane === undefined) console.log(heading)
  const started = Date.now()
  const report = join(results, `${stage.name}.json`)
  rmSync(report, { force: true })
  const { code, timedOut, output } = await execute(stage)
  if (stage.lane !== undefined) console.log(`${heading}\n${output}`.trimEnd())
  const detail = timedOut ? `ended after ${stage.limitMs / 60_000} min` : `exit code ${code}`
  const found = stage.read
    ? stage.read(stage.name, report, { code, detail })
    : [{ stage: stage.name, title: stage.name, state: code === 0 ? 'passed' : 'failed', detail }]
  const failed = found.filter(({ state }) => state === 'failed').length
  const took = `${((Date.now() - started) / 1000).toFixed(1)} s`
  console.log(`== ${stage.name}: ${failed === 0 ? 'good' : `${failed} failed`}, ${took} ==`)
  return found
}

async function execute(stage) {
  const { command, first } = npmCommand()
  const words = [command, ...first, 'run', '--silent', stage.script, '--', ...(stage.args ?? [])]
  const variables = { ...stage.env, ELECTRON_OVERRIDE_DIST_PATH: join(projectRoot, '.runtime', 'electron') }
  if (stage.desktop) {
    return inDesktopSession({ isolated: true }, (env) => runStaged(words, { ...env, ...variables }, stage))
  }
  const mark = newMark()
  try {
    return await runStaged(words, marked({ ...process.env, ...variables }, mark), stage)
  } finally {
    await endMarked(mark)
  }
}

/** Runs a stage's command in a process group of its own, without a keyboard; what it prints is shown or collected. */
async function runStaged(command, env, { lane, limitMs }) {
  const [file, ...args] = tied(command)
  const pipe = lane === undefined ? 'inherit' : 'pipe'
  const child = spawn(file, args, { env, stdio: ['ignore', pipe, pipe], detached: true })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (output += text))
  }
  return { ...(await supervise(child, { limitMs, group: true })), output }
}

runAsMain(import.meta.url, test)
