import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { ProvisionError } from './problem'

/**
 * Reads a secret from a file, or asks for it at the terminal without showing it, or takes the first line of standard
 * input. Never from an argument: arguments show in process lists and shell histories.
 */
export async function readSecret(what: string, file: string | undefined): Promise<string> {
  if (file !== undefined) {
    const text = await readFile(file, 'utf8').catch(() => {
      throw new ProvisionError(`${file} cannot be read.`)
    })
    return firstLine(what, text)
  }
  if (!process.stdin.isTTY) return firstLine(what, await readAll())
  process.stderr.write(`${what}: `)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const asker = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return firstLine(what, await asker.question(''))
  } finally {
    asker.close()
    process.stderr.write('\n')
  }
}

function firstLine(what: string, text: string): string {
  const line = text.split(/\r?\n/, 1)[0] ?? ''
  if (line === '') throw new ProvisionError(`The ${what.toLowerCase()} is empty.`)
  return line
}

async function readAll(): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}
