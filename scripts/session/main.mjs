import { realpathSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SetupError } from '../bootstrap/report.mjs'

/**
 * Runs a command of the project when its file is what Node was started with, not when it is imported. The result is the
 * exit code; failures of ours are told without a stack.
 * @param {string} url the file's `import.meta.url`
 * @param {(args: string[]) => Promise<number>} work
 */
export function runAsMain(url, work) {
  if (!process.argv[1] || realpathSync(process.argv[1]) !== fileURLToPath(url)) return
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major < 20 || (major === 20 && minor < 19)) {
    console.error(`This is Node.js ${process.versions.node}; Havendesk needs 20.19 or newer.`)
    process.exitCode = 1
    return
  }
  work(process.argv.slice(2)).then(
    (code) => (process.exitCode = code),
    (error) => {
      console.error(error instanceof SetupError ? `\n${error.message}` : error)
      process.exitCode = 1
    }
  )
}
