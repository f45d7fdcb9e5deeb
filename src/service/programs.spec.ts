import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { copyFileSync, mkdtempSync, readFileSync, rmSync, unlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { linux } from '../device/linux/platform'
import { programFiles } from '../device/program-files'
import { requires } from '../../test/requires'
import { machineKnowledge } from './knowledge'
import { Service } from './server'

describe('D1 the service tells which files processes run', () => {
  let folder = ''
  let service: Service
  const limits = { timeoutMs: 5000, maxBytes: 64 * 1024, signal: new AbortController().signal }
  const socket = (): string => join(folder, 'run', 'service.sock')

  beforeEach(async (context) => {
    requires(context, 'linux')
    folder = mkdtempSync(join(tmpdir(), 'service-programs-'))
    service = new Service({
      config: { socket: socket(), allowed: { uids: [process.getuid?.() ?? 0], sids: [] }, shared: false },
      platform: linux,
      knowledge: machineKnowledge(linux, () => 1),
      log: () => undefined
    })
    await service.listen()
  })
  afterEach(async () => {
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('with their hashes, also when the file is gone, and leaves out what is not there', async () => {
    const file = join(folder, 'tool')
    copyFileSync('/usr/bin/sleep', file)
    const child = spawn(file, ['60'], { stdio: 'ignore' })
    await new Promise((resolve) => child.once('spawn', resolve))
    try {
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex')
      unlinkSync(file)
      const pid = child.pid ?? 0
      const nobody = 0x7fff_fffe
      const found = await programFiles(socket(), [pid, nobody], true, limits)
      expect(found).toEqual([
        {
          pid,
          start: expect.stringMatching(/^\d+$/) as string,
          path: file,
          gone: 'deleted',
          installed: false,
          sha256
        }
      ])
    } finally {
      child.kill('SIGKILL')
    }
  })

  it('in as many questions as it takes, and without hashes where none is asked for', async () => {
    const pids = Array.from({ length: 60 }, (_, at) => (at === 50 ? process.pid : 0x7fff_0000 + at))
    const found = await programFiles(socket(), pids, false, limits)
    expect(found).toMatchObject([{ pid: process.pid, sha256: undefined }])
  })

  it('D2 nothing is known of them without it', async () => {
    expect(await programFiles(join(folder, 'nowhere.sock'), [process.pid], true, limits)).toEqual([])
  })
})
