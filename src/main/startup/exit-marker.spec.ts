import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { exitMarker } from './steps/exit-marker'

describe('exit marker', () => {
  it('tells the next start of a run that was cut short, and of an orderly one nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hd-marker-'))
    const first = exitMarker(folder, 'boot-1')
    expect(await first.perform()).toBeNull()
    const second = exitMarker(folder, 'boot-2')
    expect(await second.perform()).toEqual({ boot: 'boot-1' })
    await second.revert(null)
    expect(await exitMarker(folder, 'boot-3').perform()).toBeNull()
  })

  it('counts a torn marker as a run cut short', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hd-marker-'))
    writeFileSync(join(folder, 'running.json'), '{"bo')
    expect(await exitMarker(folder, 'boot').perform()).toEqual({ boot: null })
  })
})
