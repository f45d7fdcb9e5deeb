import { randomUUID } from 'node:crypto'
import { MAX_PROGRAMS } from '../contract/service/programs'
import type { ProbeLimits } from './contract'
import type { ProgramFile } from './contract/programs'
import { askService } from './service-client'

/**
 * Which files processes of others run, as the privileged service sees them. Whatever it does not answer about is left
 * out: nobody knows it then, and that is what counts.
 */
export async function programFiles(
  serviceSocket: string,
  pids: readonly number[],
  hashes: boolean,
  limits: ProbeLimits
): Promise<readonly ProgramFile[]> {
  const known: ProgramFile[] = []
  for (let from = 0; from < pids.length; from += MAX_PROGRAMS) {
    const some = pids.slice(from, from + MAX_PROGRAMS)
    const question = { id: randomUUID(), ask: 'programs', pids: some, hashes } as const
    const reply = await askService(serviceSocket, question, limits)
    // No service, or one from before the question: it will not know the rest either.
    if (!reply.ok || reply.value.kind !== 'programs') return known
    known.push(...reply.value.programs.map(({ sha256, ...program }) => ({ ...program, sha256 })))
  }
  return known
}
