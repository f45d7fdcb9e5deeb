import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the kernel lists chargers and batteries (Documentation/ABI/testing/sysfs-class-power). */
const SUPPLIES = '/sys/class/power_supply'
/** The longest answer of one file; a driver gone wrong must not fill memory. */
const LONGEST = 200

interface Supply {
  readonly type: string
  /** `Device` when it feeds something that is plugged in, a mouse for instance, and not the computer. */
  readonly scope: string
  readonly online: string
  readonly status: string
}

/** One file's word; empty when the driver does not offer it, or takes it away meanwhile. */
async function wordIn(folder: string, file: string): Promise<string> {
  try {
    return (await readFile(join(folder, file), 'utf8')).slice(0, LONGEST).trim()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? cause.code : null
    // ENODEV and EIO: a supply that was pulled out while it was read.
    if (code === 'ENOENT' || code === 'ENODEV' || code === 'EIO' || code === 'ENODATA') return ''
    throw cause
  }
}

const supplyIn = async (folder: string): Promise<Supply> => {
  const [type, scope, online, status] = await Promise.all(
    ['type', 'scope', 'online', 'status'].map((file) => wordIn(folder, file))
  )
  return { type: type ?? '', scope: scope ?? '', online: online ?? '', status: status ?? '' }
}

/**
 * Whether the computer runs on its battery: one of its own is being emptied and no charger feeds it. Null when the kernel
 * lists no supplies at all, as in most virtual machines.
 */
export async function isOnBattery(folder = SUPPLIES): Promise<boolean | null> {
  let names: readonly string[]
  try {
    names = await readdir(folder)
  } catch {
    // A kernel without the class, or a sandbox that hides it: nobody can tell.
    return null
  }
  if (names.length === 0) return null
  const own = (await Promise.all(names.map((name) => supplyIn(join(folder, name))))).filter(
    ({ scope }) => scope !== 'Device'
  )
  const fed = own.some(({ type, online }) => type !== 'Battery' && online === '1')
  return !fed && own.some(({ type, status }) => type === 'Battery' && status === 'Discharging')
}
