import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A maker of TPMs: its root certificate is what IT would trust. */
export interface TpmMaker {
  readonly folder: string
  /** PEM of its root. */
  root(): Promise<string>
}

/** Makes a folder in which swtpm's own authority keeps its keys. */
export async function makeTpmMaker(): Promise<TpmMaker> {
  const folder = await mkdtemp(join(tmpdir(), 'hd-maker-'))
  return { folder, root: () => readFile(join(folder, 'swtpm-localca-rootca-cert.pem'), 'utf8') }
}

/**
 * A TPM 2.0 of its own in a process of its own (swtpm): the real commands, and an endorsement key with a certificate of
 * the maker's. It ends with `stop`.
 */
export class SoftTpm {
  #child: ChildProcess | null = null
  private constructor(
    readonly folder: string,
    readonly state: string
  ) {}

  static async start(maker: TpmMaker): Promise<SoftTpm> {
    const folder = await mkdtemp(join(tmpdir(), 'hd-tpm-'))
    const state = join(folder, 'state')
    await mkdir(state)
    await writeFile(
      join(folder, 'setup.conf'),
      [
        'create_certs_tool=/usr/bin/swtpm_localca',
        `create_certs_tool_config=${folder}/localca.conf`,
        `create_certs_tool_options=${folder}/localca.options`,
        ''
      ].join('\n')
    )
    await writeFile(
      join(folder, 'localca.conf'),
      [
        `statedir = ${maker.folder}`,
        `signingkey = ${maker.folder}/signkey.pem`,
        `issuercert = ${maker.folder}/issuercert.pem`,
        `certserial = ${maker.folder}/certserial`,
        ''
      ].join('\n')
    )
    await writeFile(
      join(folder, 'localca.options'),
      '--platform-manufacturer Havendesk\n--platform-version 1\n--platform-model Test\n'
    )
    const tpm = new SoftTpm(folder, state)
    const args = ['--tpm2', '--tpmstate', state, '--config', join(folder, 'setup.conf'), '--create-ek-cert']
    await run('swtpm_setup', [...args, '--pcr-banks', 'sha256'], {
      env: { ...process.env, XDG_CONFIG_HOME: folder }
    })
    await tpm.switchOn()
    return tpm
  }

  /** What tpm2-tools calls it. */
  get tcti(): string {
    return `swtpm:path=${this.folder}/sock`
  }

  async switchOn(): Promise<void> {
    const socket = join(this.folder, 'sock')
    await Promise.all([socket, `${socket}.ctrl`].map((path) => rm(path, { force: true })))
    this.#child = spawn(
      'swtpm',
      [
        ...['socket', '--tpm2', '--tpmstate', `dir=${this.state}`],
        ...['--server', `type=unixio,path=${socket}`, '--ctrl', `type=unixio,path=${socket}.ctrl`],
        ...['--flags', 'not-need-init,startup-clear']
      ],
      { stdio: 'ignore' }
    )
    for (let tries = 0; !existsSync(socket); tries += 1) {
      if (tries > 200) throw new Error('swtpm did not come up')
      await sleep(25)
    }
  }

  async switchOff(): Promise<void> {
    const child = this.#child
    this.#child = null
    if (child === null || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    await gone
  }

  /** Runs one of tpm2-tools on it. */
  async tool(...args: readonly string[]): Promise<string> {
    const { stdout } = await run('/usr/bin/tpm2', [...args], {
      env: { ...process.env, TPM2TOOLS_TCTI: this.tcti }
    })
    await run('/usr/bin/tpm2', ['flushcontext', '-t'], { env: { ...process.env, TPM2TOOLS_TCTI: this.tcti } })
    return stdout
  }

  async remove(): Promise<void> {
    await this.switchOff()
    await rm(this.folder, { recursive: true, force: true })
  }
}
