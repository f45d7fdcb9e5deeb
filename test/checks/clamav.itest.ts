import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkRulesSchema } from '../../src/core/policy/checks'
import { probeOf } from '../../src/device/check-probe'
import type { Sources } from '../../src/device/contract/sources'
import { antivirus } from '../../src/device/linux/checks/antivirus'
import { runProbe } from '../../src/device/run-probe'
import { machineSources } from '../../src/device/sources/machine-sources'
import { requires } from '../requires'

const SIGNATURES = '/var/lib/clamav'
/** Databases made here bear nobody's signature: an organisation's own are the same. */
const ownSignatures = checkRulesSchema.parse({ antivirus: { allowUnsignedSignatures: true } })
const makersOnly = checkRulesSchema.parse({})

let folder: string
let daemon: ChildProcess | null = null
beforeEach((context) => {
  requires(context, 'linux', 'clamav')
  folder = mkdtempSync(join(tmpdir(), 'clamav-'))
  mkdirSync(join(folder, 'db'))
})
afterEach(() => {
  daemon?.kill('SIGKILL')
  daemon = null
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** A small database, made and packed by ClamAV's own sigtool, with a build date of so many days ago. */
function database(daysAgo: number): void {
  const work = join(folder, 'work')
  mkdirSync(work, { recursive: true })
  writeFileSync(join(work, 'daily.hdb'), '44d88612fea8a8f36de82e1278abb02f:68:Test.File\n')
  writeFileSync(join(work, 'COPYING'), '')
  const args = ['--build=daily.cud', '--unsigned', '--cvd-version=77', '--no-cdiff']
  execFileSync('/usr/bin/sigtool', args, {
    cwd: work,
    input: 'tester\n',
    stdio: ['pipe', 'ignore', 'ignore']
  })
  const packed = readFileSync(join(work, 'daily.cud'))
  // The header is text: `ClamAV-VDB:26 Nov 2026 18-40 +0000:77:…`, filled up to 512 bytes.
  const header = packed.subarray(0, 512).toString('latin1')
  const date = new Date(Date.now() - daysAgo * 86_400_000).toUTCString().slice(5, 16)
  const dated = header.replace(/^ClamAV-VDB:\d{2} [A-Z][a-z]{2} \d{4}/, `ClamAV-VDB:${date}`)
  writeFileSync(
    join(folder, 'db', 'daily.cud'),
    Buffer.concat([Buffer.from(dated, 'latin1'), packed.subarray(512)])
  )
}

const configuration = (): string => join(folder, 'clamd.conf')

async function startDaemon(): Promise<void> {
  writeFileSync(
    configuration(),
    `LocalSocket ${join(folder, 'clamd.sock')}\nDatabaseDirectory ${join(folder, 'db')}\nForeground yes\nLogFile ${join(folder, 'log')}\n`
  )
  daemon = spawn('/usr/sbin/clamd', ['--config-file', configuration()], { stdio: 'ignore' })
  await expect.poll(() => ping(), { timeout: 30_000, interval: 200 }).toContain('PONG')
}

function ping(): string {
  try {
    return execFileSync('/usr/bin/clamdscan', ['--config-file', configuration(), '--ping', '1'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    })
  } catch {
    return 'it does not answer yet'
  }
}

/** The machine's own tools, with this test's folder and daemon in the places of the system's. */
function sources(limits: Parameters<typeof machineSources>[0]['limits']): Sources {
  const real = machineSources({ limits, serviceSocket: '/nonexistent' })
  const here = (text: string): string => text.replace(SIGNATURES, join(folder, 'db'))
  const config = (path: string): readonly string[] =>
    path.endsWith('clamdscan') ? ['--config-file', configuration()] : []
  return {
    ...real,
    tool: (path, args) => real.tool(path, args.map(here)),
    ask: (path, args) => real.ask(path, [...config(path), ...args]),
    folder: (path) => real.folder(here(path))
  }
}
const look = (rules = ownSignatures) => runProbe(probeOf(antivirus, { rules, applications: null }, sources))

describe('D12: ClamAV as Debian has it', () => {
  it('passes while its daemon answers and its signatures are fresh', async () => {
    database(0)
    await startDaemon()
    expect(await look()).toMatchObject({ state: 'pass', evidence: 'ClamAV: running, signatures 0 days old' })
  })

  it('tells stale signatures from fresh ones', async () => {
    database(10)
    await startDaemon()
    expect(await look()).toMatchObject({ state: 'fail', remedy: 'remedy.antivirus.stale' })
  })

  it('tells missing signatures from stale ones', async () => {
    writeFileSync(configuration(), `LocalSocket ${join(folder, 'clamd.sock')}\n`)
    expect(await look()).toMatchObject({ state: 'fail', remedy: 'remedy.antivirus.no-signatures' })
  })

  it('tells a daemon that is not there', async () => {
    database(0)
    writeFileSync(configuration(), `LocalSocket ${join(folder, 'clamd.sock')}\n`)
    expect(await look()).toMatchObject({ state: 'fail', remedy: 'remedy.antivirus.not-running' })
  })

  it('does not take what nobody signed, unless the policy does', async () => {
    database(0)
    await startDaemon()
    expect(await look(makersOnly)).toMatchObject({ state: 'fail', remedy: 'remedy.antivirus.unsigned' })
  })

  it('never believes a header alone', async () => {
    database(0)
    await startDaemon()
    const packed = readFileSync(join(folder, 'db', 'daily.cud'))
    writeFileSync(join(folder, 'db', 'daily.cvd'), packed.subarray(0, 512))
    copyFileSync(join(folder, 'db', 'daily.cud'), join(folder, 'db', 'daily.cld'))
    expect((await look()).state).toBe('error')
    rmSync(join(folder, 'db', 'daily.cld'))
    expect((await look()).state).toBe('error')
  })
})
