import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { SetupError } from './report.mjs'

/**
 * Runs a program to its end and returns what it printed. Its output is shown only when it fails.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, input?: string, signal?: AbortSignal,
 *   onOutput?: (text: string) => void }} [options]
 * @returns {Promise<{ code: number, stdout: string, stderr: string }>} `code` is 127 when there is no such program
 */
export function run(command, args, { input, onOutput, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe']
    })
    const out = { stdout: '', stderr: '' }
    for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
      child[name].setEncoding('utf8').on('data', (text) => {
        out[name] += text
        onOutput?.(text)
      })
    }
    child.once('error', (error) => {
      if ('code' in error && error.code === 'ENOENT') resolve({ code: 127, ...out })
      else reject(error)
    })
    child.once('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), ...out }))
    child.stdin?.end(input)
  })
}

/** The npm that started us, else the one beside this Node, else the one on the path. Works where `npm` is a script file too. */
export function npmCommand(env = process.env) {
  const started = env['npm_execpath']
  if (started?.endsWith('npm-cli.js') && existsSync(started))
    return { command: process.execPath, first: [started] }
  const bin = dirname(process.execPath)
  for (const beside of [
    join(bin, '../lib/node_modules/npm/bin/npm-cli.js'),
    join(bin, 'node_modules/npm/bin/npm-cli.js')
  ]) {
    if (existsSync(beside)) return { command: process.execPath, first: [beside] }
  }
  return { command: 'npm', first: [] }
}

/**
 * @param {readonly string[]} args
 * @param {Parameters<typeof run>[2]} [options]
 */
export async function npm(args, options) {
  const { command, first } = npmCommand(options?.env)
  const result = await run(command, [...first, ...args], options)
  if (result.code === 127) throw new SetupError('npm was not found. Install Node.js 20.19 or newer with npm.')
  return result
}
