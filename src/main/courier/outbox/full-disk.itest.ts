import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { requires } from '../../../../test/requires'

test('E5: a full disk loses no alert: the reserve first, then memory, then the disk again, and drops are counted', (context) => {
  requires(context, 'linux', 'user-namespaces')
  const mount = mkdtempSync(join(tmpdir(), 'full-disk-'))
  try {
    const inside =
      'mount -t tmpfs -o size=16m tmpfs "$1" && exec "$2" --import tsx test/courier/full-disk-child.ts "$1"'
    const run = spawnSync('unshare', ['-Urm', 'sh', '-c', inside, 'sh', mount, process.execPath], {
      encoding: 'utf8',
      timeout: 60_000
    })
    expect(run.stderr).toBe('')
    const seen = JSON.parse(run.stdout) as Record<string, number | boolean>
    console.log(seen)
    expect(seen['beforeFull']).toBe(20)
    expect(seen['freeWhenFull']).toBeLessThan(8192)
    expect(seen['onReserve']).toBe(20)
    expect(seen['reserveLeft']).toBe(false)
    expect(seen['refused']).toBeGreaterThan(100)
    expect(seen['alertsLost']).toBe(0)
    // What was dropped for want of memory is told as exactly that many.
    expect(seen['dropped']).toBe(seen['desksLost'])
    expect(seen['desksLost']).toBeGreaterThan(0)
    expect(Number(seen['recorded']) + Number(seen['desksLost'])).toBe(seen['handed'])
  } finally {
    rmSync(mount, { recursive: true, force: true })
  }
})
