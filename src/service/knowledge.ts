import type { Platform, ProbeLimits } from '../device/contract'
import type { Sources } from '../device/contract/sources'
import { machineSources } from '../device/sources/machine-sources'
import type { Knowledge } from './answer'
import { readTunnels } from './tunnels'

/** The longest path that an answer holds, characters. */
const MAX_PATH = 400

/** Less than a client waits for its answer. */
const LIMIT_MS = 4000

/** What the service knows, from the machine that it runs on. */
export function machineKnowledge(
  { privileged }: Platform,
  uptimeSeconds: () => number,
  sources: (limits: ProbeLimits) => Sources = (limits) => machineSources({ limits, serviceSocket: '' })
): Knowledge {
  const look = <T>(ask: (sources: Sources) => Promise<T>) => shared(() => within(sources, ask))
  return {
    uptimeSeconds,
    firewall: look((from) => privileged.firewall(from)),
    volumes: look((from) => privileged.volumes(from)),
    tpm: look((from) => privileged.tpm(from)),
    codeIntegrity: look((from) => {
      if (privileged.codeIntegrity === undefined) throw new Error('only Windows has such policies')
      return privileged.codeIntegrity(from)
    }),
    programs: async (pids, hashes) => {
      if (privileged.programs === undefined) throw new Error('programs are not looked at on this system')
      const found = await privileged.programs(pids, hashes)
      // A longer path than an answer can hold is one that nobody could read.
      return found
        .filter(({ path }) => path === null || path.length <= MAX_PATH)
        .map(({ sha256, ...program }) => ({ ...program, ...(sha256 == null ? {} : { sha256 }) }))
    },
    tunnels: shared(() => readTunnels())
  }
}

async function within<T>(
  sources: (limits: ProbeLimits) => Sources,
  ask: (sources: Sources) => Promise<T>
): Promise<T> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(new Error(`no answer within ${LIMIT_MS} ms`)), LIMIT_MS)
  try {
    return await ask(sources({ timeoutMs: LIMIT_MS, maxBytes: 64 * 1024, signal: abort.signal }))
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

/** Who asks while somebody else's answer is on its way gets the same one: many questions start one program. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | null = null
  return () => {
    running ??= ask().finally(() => {
      running = null
    })
    return running
  }
}
