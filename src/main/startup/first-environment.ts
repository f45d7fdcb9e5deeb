import { readFileSync } from 'node:fs'
import { operatingSystem } from '../../device/choose'

/**
 * The environment that this program was started with. On Linux the kernel still has it as it was: the runtime changes its
 * own before any of our code runs, to tell GTK which display to use, say.
 */
export function firstEnvironment(now: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  return operatingSystem === 'linux' ? kernelsCopy() : now
}

function kernelsCopy(): Record<string, string> {
  const entries = readFileSync('/proc/self/environ', 'utf8').split('\0')
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=')
      return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : []
    })
  )
}
