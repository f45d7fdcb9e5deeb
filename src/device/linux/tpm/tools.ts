import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** tpm2-tools, all of them in one program; owned by root where a distribution installed it. */
const PROGRAM = '/usr/bin/tpm2'
/** A TPM is slow, and slowest when it makes keys: some take seconds. Beyond this it hangs. */
const LIMIT_MS = 20_000
/** Nothing that is read here is longer: the largest is an endorsement certificate. */
const MAX_BYTES = 16 * 1024

/** A TPM that cannot be asked, or that said no. The message is the tool's own, without values. */
export class TpmError extends Error {}

export interface TpmToolsOptions {
  /** How tpm2-tools reaches the TPM (its TCTI). The kernel's resource manager unless a test has its own TPM. */
  readonly tcti?: string
  /** Told the arguments and the environment of each command, for tests that look for secrets in them. */
  readonly onCommand?: (args: readonly string[], environment: Readonly<Record<string, string>>) => void
}

export const RESOURCE_MANAGER = 'device:/dev/tpmrm0'

/**
 * Runs tpm2-tools, one command at a time, each with its time and size limits. Arguments are a list and no shell reads
 * them; secrets go in by standard input alone, so neither the list of processes nor any file has them.
 */
export class TpmTools {
  readonly #options: TpmToolsOptions
  #folder: Promise<string> | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: TpmToolsOptions = {}) {
    this.#options = options
  }

  get tcti(): string {
    return this.#options.tcti ?? RESOURCE_MANAGER
  }

  /** True when the tools and the device are there. Whether the TPM answers shows when it is asked. */
  async present(): Promise<boolean> {
    const device = /^device:(.+)$/.exec(this.tcti)?.[1]
    const needed = [PROGRAM, ...(device === undefined ? [] : [device])]
    const found = await Promise.all(
      needed.map((path) =>
        stat(path).then(
          () => true,
          () => false
        )
      )
    )
    return found.every(Boolean)
  }

  /** Lets `work` use the TPM while nobody else here does: what one loads, another may not push out. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined) // the caller gets the error; the next in line must not
    return turn
  }

  /** Path of a file in the private folder of this process. */
  async file(name: string): Promise<string> {
    this.#folder ??= privateFolder()
    return join(await this.#folder, name)
  }

  async write(name: string, bytes: Uint8Array): Promise<string> {
    const path = await this.file(name)
    await writeFile(path, bytes, { mode: 0o600 })
    return path
  }

  async read(name: string): Promise<Buffer> {
    const path = await this.file(name)
    const { size } = await stat(path)
    if (size > MAX_BYTES) throw new TpmError(`${name} has ${size} bytes`)
    return readFile(path)
  }

  /** Runs one command. `secret` is written to its standard input; the argument for it is `file:-`. */
  async run(args: readonly string[], secret?: string): Promise<void> {
    const environment = { LC_ALL: 'C', PATH: '/usr/bin:/bin', TPM2TOOLS_TCTI: this.tcti }
    this.#options.onCommand?.(args, environment)
    await runLimited(PROGRAM, args, environment, secret)
  }

  /** Unloads what a command left in a TPM that has no resource manager before it; with one, nothing stays. */
  async unload(): Promise<void> {
    if (this.tcti !== RESOURCE_MANAGER) await this.run(['flushcontext', '-t'])
  }

  async close(): Promise<void> {
    await this.exclusively(async () => {
      const folder = this.#folder
      this.#folder = null
      if (folder !== null) await rm(await folder, { recursive: true, force: true })
    })
  }
}

async function privateFolder(): Promise<string> {
  const folder = await mkdtemp(join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), 'havendesk-tpm-'))
  await chmod(folder, 0o700)
  return folder
}

async function runLimited(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  secret: string | undefined
): Promise<void> {
  const child = spawn(program, [...args], {
    env,
    shell: false,
    stdio: ['pipe', 'ignore', 'pipe'],
    timeout: LIMIT_MS
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (said.length < MAX_BYTES) said += text
  })
  // A command that ends before it has read its input is told apart by its code.
  child.stdin.on('error', () => undefined)
  child.stdin.end(secret ?? '')
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', (error) => reject(new TpmError(`tpm2-tools cannot be started: ${error.message}`)))
    child.once('close', (...ended) => resolve(ended))
  })
  if (code === 0) return
  const why =
    signal === null ? (/ERROR: (.*)/.exec(said)?.[1] ?? `code ${String(code)}`) : `ended by ${signal}`
  throw new TpmError(`tpm2 ${args[0] ?? ''}: ${why}`.slice(0, 300))
}
