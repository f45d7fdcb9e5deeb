import { connect } from 'node:net'
import type { ProbeAnswer } from '../../../core/tunnel/facts'

/** Two tries fit into the five seconds within which a dead tunnel is noticed. Milliseconds. */
const TRY_MS = 1200

/** Asks a host for an answer over TCP, twice at most. Nothing is sent but the opening of a connection. */
export async function askThrough(addresses: readonly string[], port: number): Promise<ProbeAnswer> {
  if (addresses.length === 0) return { answered: false, why: 'its name has no address' }
  const first = await tryOnce(addresses, port)
  return first.answered ? first : tryOnce(addresses, port)
}

/** One address that answers is enough: all are asked side by side. */
async function tryOnce(addresses: readonly string[], port: number): Promise<ProbeAnswer> {
  const answers = addresses.slice(0, 4).map((address) => tryAddress(address, port))
  return Promise.any(
    answers.map(async (waiting) => {
      const answer = await waiting
      if (!answer.answered) throw new Error(answer.why)
      return answer
    })
  ).catch((error: unknown): ProbeAnswer => {
    const first: unknown = error instanceof AggregateError ? error.errors[0] : error
    return { answered: false, why: first instanceof Error ? first.message : 'no answer' }
  })
}

async function tryAddress(address: string, port: number): Promise<ProbeAnswer> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port })
    const end = (answer: ProbeAnswer): void => {
      clearTimeout(timer)
      socket.destroy()
      resolve(answer)
    }
    const timer = setTimeout(() => end({ answered: false, why: `no answer within ${TRY_MS} ms` }), TRY_MS)
    socket.once('connect', () => end({ answered: true, from: socket.localAddress ?? '' }))
    socket.once('error', (error: NodeJS.ErrnoException) =>
      end({ answered: false, why: error.code ?? 'no connection' })
    )
  })
}
