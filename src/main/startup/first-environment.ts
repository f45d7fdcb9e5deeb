import { readFileSync } from 'node:fs'
import { operatingSystem } from '../../device/choose'

/**
 * The environment that this program was started with. On Linux the kernel still has it as it was; what the runtime
 * changed since is not in it, and what it added since is looked at as well.
 */
export function firstEnvironment(now: NodeJS.ProcessEnv): Readonly<Record<string, string | undefined>> {
  return { ...now, ...kernelsCopy() }
}

function kernelsCopy(): Record<string, string> {
  if (operatingSystem !== 'linux') return {}
  const entries = readFileSync('/proc/self/environ', 'utf8').split('\0')
  return Object.fromEntries(
    entries.flatMap((entry) => {
      const at = entry.indexOf('=')
      return at > 0 ? [[entry.slice(0, at), entry.slice(at + 1)]] : []
    })
  )
}
