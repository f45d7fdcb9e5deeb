import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { isOnBattery } from './power-supply'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

type Supplies = Readonly<Record<string, Readonly<Record<string, string>>>>

/** The same tree of one-line files as the kernel shows. */
function kernelWith(supplies: Supplies): string {
  const folder = mkdtempSync(join(tmpdir(), 'hd-supply-'))
  folders.push(folder)
  for (const [name, files] of Object.entries(supplies)) {
    mkdirSync(join(folder, name))
    for (const [file, word] of Object.entries(files)) writeFileSync(join(folder, name, file), `${word}\n`)
  }
  return folder
}

const charger = (online: '0' | '1') => ({ type: 'Mains', online })
const battery = (status: string) => ({ type: 'Battery', status, capacity: '61' })
const mouse = { type: 'Battery', scope: 'Device', status: 'Discharging' }

describe('a Linux computer’s power', () => {
  it.each<[string, Supplies, boolean | null]>([
    ['a laptop on its charger', { AC: charger('1'), BAT0: battery('Charging') }, false],
    ['a full laptop on its charger', { AC: charger('1'), BAT0: battery('Full') }, false],
    ['a laptop on a weak charger', { AC: charger('1'), BAT0: battery('Discharging') }, false],
    ['a laptop without charger', { AC: charger('0'), BAT0: battery('Discharging') }, true],
    ['a tablet without a listed charger', { BAT0: battery('Discharging') }, true],
    [
      'two batteries, one in use',
      { AC: charger('0'), BAT0: battery('Unknown'), BAT1: battery('Discharging') },
      true
    ],
    [
      'a charger by USB',
      { 'ucsi-source-psy': { type: 'USB', online: '1' }, BAT0: battery('Discharging') },
      false
    ],
    ['a desktop with a wireless mouse', { hidpp_battery_0: mouse }, false],
    [
      'a laptop on its charger with a wireless mouse',
      { AC: charger('1'), BAT0: battery('Full'), m: mouse },
      false
    ],
    ['a driver that says nothing', { BAT0: {} }, false],
    ['a driver that talks rubbish', { BAT0: { type: 'Battery', status: 'x'.repeat(100_000) } }, false],
    ['nothing listed', {}, null]
  ])('%s', async (_, supplies, onBattery) => {
    expect(await isOnBattery(kernelWith(supplies))).toBe(onBattery)
  })

  it('cannot tell where the kernel has no such list', async () => {
    expect(await isOnBattery('/nonexistent/power_supply')).toBeNull()
  })
})
