import { connect } from 'node:net'
import { err, ok, type Result } from '../core/result'
import { MAX_LINE_BYTES, replySchema, type Question, type Reply } from '../contract/service/question'
import type { ProbeLimits } from './contract'

/** Why the service gave no answer that can be used. */
export type AskFailure =
  { readonly kind: 'absent'; readonly code: string } | { readonly kind: 'unusable'; readonly problem: string }

/** Asks the privileged service one question over its socket and waits for the one line that answers it. */
export async function askService(
  path: string,
  question: Question,
  limits: ProbeLimits
): Promise<Result<Reply, AskFailure>> {
  return new Promise((resolve) => {
    const socket = connect({ path, signal: limits.signal })
    const chunks: Buffer[] = []
    let bytes = 0
    const finish = (result: Result<Reply, AskFailure>): void => {
      socket.destroy()
      resolve(result)
    }
    const unusable = (problem: string): void => finish(err({ kind: 'unusable', problem }))
    socket.setTimeout(limits.timeoutMs, () => unusable(`no answer within ${limits.timeoutMs} ms`))
    socket.once('connect', () => socket.write(`${JSON.stringify(question)}\n`))
    socket.on('data', (chunk) => {
      bytes += chunk.length
      if (bytes > Math.min(MAX_LINE_BYTES, limits.maxBytes)) {
        unusable('the answer is too long')
        return
      }
      chunks.push(chunk)
      if (chunk.includes(0x0a)) finish(readReply(Buffer.concat(chunks), question))
    })
    socket.once('end', () => unusable('it hung up without an answer'))
    socket.once('error', (error) => finish(err(failureOf(error))))
  })
}

function readReply(bytes: Buffer, question: Question): Result<Reply, AskFailure> {
  const line = bytes.subarray(0, bytes.indexOf(0x0a))
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
  } catch {
    return err({ kind: 'unusable', problem: 'the answer is not JSON in UTF-8' })
  }
  const reply = replySchema.safeParse(json)
  if (!reply.success) return err({ kind: 'unusable', problem: 'the answer is not one of the service' })
  if (reply.data.kind !== 'refused' && reply.data.id !== question.id) {
    return err({ kind: 'unusable', problem: 'the answer is for another question' })
  }
  return ok(reply.data)
}

const ABSENT = new Set(['ENOENT', 'ECONNREFUSED', 'ENOTSOCK', 'EACCES'])

function failureOf(error: Error): AskFailure {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name
  return ABSENT.has(code) ? { kind: 'absent', code } : { kind: 'unusable', problem: code }
}
