import { randomUUID } from 'node:crypto'
import type { Probe, ProbeFinding } from '../contract'
import { askService } from '../service-client'

const REMEDY = 'remedy.service-missing'

/** Whether the privileged service answers. Without it nothing that only it can see is known. */
export function serviceUptime(socketPath: string): Probe {
  return {
    id: 'service',
    area: 'device',
    remedy: REMEDY,
    run: async (limits): Promise<ProbeFinding> => {
      const finding = (state: ProbeFinding['state'], evidence: string): ProbeFinding => ({
        state,
        evidence,
        ageMs: 0,
        remedy: REMEDY
      })
      const reply = await askService(socketPath, { id: randomUUID(), ask: 'uptime' }, limits)
      if (!reply.ok && reply.error.kind === 'absent') {
        return finding('unknown', `no service at its socket (${reply.error.code})`)
      }
      if (!reply.ok) return finding('error', reply.error.kind === 'unusable' ? reply.error.problem : '')
      if (reply.value.kind === 'refused') return finding('error', `refused: ${reply.value.reason}`)
      if (reply.value.kind !== 'uptime') return finding('error', `answered ${reply.value.kind}`)
      return finding('pass', `service up for ${Math.floor(reply.value.seconds)} s`)
    }
  }
}
