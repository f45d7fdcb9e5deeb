import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { arch, cpus, release, totalmem, type } from 'node:os'
import { dirname, resolve } from 'node:path'

/** What the figures were measured on. */
const machine = () => ({
  system: `${type()} ${release()} ${arch()}`,
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memory_mb: Math.round(totalmem() / 1024 / 1024),
  node: process.version
})

/** Prints figures that were measured in this run, and writes them to `file` when one is named. */
export function writeReport(command: string, file: string | undefined, results: object): void {
  const report = { schema: 1, command, at: new Date().toISOString(), machine: machine(), results }
  const text = `${JSON.stringify(report, null, 2)}\n`
  // Printed first: what took minutes to measure is not lost to a folder that went away meanwhile.
  process.stdout.write(text)
  if (file !== undefined) writeFileSync(file, text)
}

/** Makes sure, before anything is measured, that the figures can be written. Throws with the remedy. */
export function assertWritable(file: string | undefined): void {
  if (file === undefined) return
  try {
    mkdirSync(dirname(resolve(file)), { recursive: true })
    appendFileSync(file, '')
  } catch (cause) {
    throw new Error(
      `--json ${file} cannot be written here: name a file in a folder that this user may write to.`,
      {
        cause
      }
    )
  }
}
