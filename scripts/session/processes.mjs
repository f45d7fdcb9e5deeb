import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { SetupError } from '../bootstrap/report.mjs'

/** Every process below a session carries this variable, so that the session can end also those that left its tree. */
const markName = 'HAVENDESK_TREE'

/** A mark for a session's processes; inside another session it extends that one's, so that the outer finds them too. */
export const newMark = (env = process.env) =>
  [env[markName], randomUUID().slice(0, 8)].filter(Boolean).join('/')

/** @param {NodeJS.ProcessEnv} env @param {string} mark */
export const marked = (env, mark) => ({ ...env, [markName]: mark })

/**
 * Ends what carries the mark and is still there: politely, then for good. Returns the names of what had to be ended.
 * @param {string} mark
 * @param {{ except?: readonly number[], graceMs?: number }} [options] `except`: processes to leave alone
 */
export async function endMarked(mark, { except = [], graceMs = 2000 } = {}) {
  const find = () => findMarked(mark).filter(({ pid }) => !except.includes(pid))
  const left = find()
  for (const { pid } of left) signal(pid, 'SIGTERM')
  for (const until = Date.now() + graceMs; find().length > 0 && Date.now() < until;) await sleep(50)
  for (const { pid } of find()) signal(pid, 'SIGKILL')
  return left.map(({ pid, name }) => `${name} (${pid})`)
}

/**
 * Holds interrupts back while something is set up that must be taken down again. `check` throws once one has come,
 * `came` says so.
 */
export function holdInterrupts() {
  let came = ''
  const note = (name) => (came = name)
  for (const name of interrupts) process.on(name, note)
  return {
    check() {
      if (came) throw new SetupError(`Interrupted by ${came}.`)
    },
    came: () => came !== '',
    release() {
      for (const name of interrupts) process.off(name, note)
    }
  }
}

const interrupts = /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])

/** The living processes that carry the mark; empty on systems without /proc. */
export function findMarked(mark) {
  if (!existsSync('/proc/self/environ')) return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => environmentOf(pid).some((entry) => `${entry}/`.startsWith(`${markName}=${mark}/`)))
    .map((pid) => ({ pid, name: readProc(pid, 'comm').trim() }))
}

const environmentOf = (pid) => readProc(pid, 'environ').split('\0')

function readProc(pid, file) {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // Ended meanwhile, or another user's: not ours to end.
    return ''
  }
}

/** @param {number} pid @param {NodeJS.Signals} name */
export function signal(pid, name) {
  try {
    process.kill(pid, name)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Waits for a child's end and passes signals on to it. On a terminal Ctrl-C reaches the whole group by itself, so an
 * interrupt is not passed on there. A child that does not react is asked to terminate, and in the end killed.
 * @param {import('node:child_process').ChildProcess} child
 * @param {{ patienceMs?: number, limitMs?: number, group?: boolean }} [options] `patienceMs`: from the signal to the kill;
 *   `limitMs`: ends the child when it has run that long; `group`: the child leads a process group of its own, which is
 *   signalled as a whole (npm and the shell it starts do not pass an interrupt on)
 * @returns {Promise<{ code: number, timedOut: boolean }>} the exit code, 128 + n after signal n
 */
export function supervise(child, { patienceMs = 15_000, limitMs, group = false } = {}) {
  const timers = []
  const kill = (name) => {
    if (!group) child.kill(name)
    else if (child.pid) signal(-child.pid, name)
  }
  const later = (ms, name) => timers.push(setTimeout(() => kill(name), ms).unref())
  let asked = false
  let timedOut = false
  const end = (name) => {
    if (asked) return
    asked = true
    if (group || name !== 'SIGINT' || !process.stdin.isTTY) kill(name)
    if (name === 'SIGINT') later(6000, 'SIGTERM')
    later(patienceMs, 'SIGKILL')
  }
  const handlers = interrupts.map((name) => ({ name, handler: () => end(name) }))
  for (const { name, handler } of handlers) process.on(name, handler)
  if (limitMs) {
    const limit = setTimeout(() => {
      timedOut = true
      // Test runners write what they have so far when they are interrupted, and nothing when they are terminated.
      end('SIGINT')
    }, limitMs)
    timers.push(limit)
  }
  return new Promise((resolve, reject) => {
    child.once('error', (error) =>
      reject(new SetupError(`Could not start ${child.spawnfile}: ${error.message}`))
    )
    const done = (code, name) => resolve({ code: code ?? 128 + (signalNumbers[name] ?? 0), timedOut })
    child.once('close', done)
    // A child that was told to end may leave others behind that hold its pipes open; those are swept up, not waited for.
    child.once('exit', (code, name) => asked && done(code, name))
  }).finally(() => {
    timers.forEach(clearTimeout)
    for (const { name, handler } of handlers) process.off(name, handler)
  })
}

const signalNumbers = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }
