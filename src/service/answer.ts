import { z } from 'zod'
import { questionSchema, type Question, type Reply } from '../contract/service/question'
import type { TunnelsReply } from '../contract/service/tunnels'
import { assertNever } from '../core/result'

/** What the service knows that it can be asked for. */
export interface Knowledge {
  /** Seconds since the service started. */
  readonly uptimeSeconds: () => number
  /** Far ends of this machine's WireGuard tunnels. */
  readonly tunnels: () => Promise<Pick<TunnelsReply, 'peers' | 'problem'>>
}

/** Answers one line. Whatever it holds, there is an answer, and nothing of it is ever run. */
export async function answerLine(line: Uint8Array, knowledge: Knowledge): Promise<Reply> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
  } catch {
    return { kind: 'refused', id: null, reason: 'unreadable', message: 'The question is not JSON in UTF-8.' }
  }
  const question = questionSchema.safeParse(json)
  if (question.success) return answer(question.data, knowledge)
  const field = question.error.issues[0]?.path.join('.') ?? ''
  const message =
    field === '' ? 'The question is not one of this service.' : `The question has a wrong field: ${field}.`
  return { kind: 'refused', id: idOf(json), reason: 'unreadable', message: message.slice(0, 300) }
}

async function answer(question: Question, knowledge: Knowledge): Promise<Reply> {
  switch (question.ask) {
    case 'uptime':
      return { kind: 'uptime', id: question.id, seconds: knowledge.uptimeSeconds() }
    case 'tunnels':
      return { kind: 'tunnels', id: question.id, ...(await knowledge.tunnels()) }
    default:
      return assertNever(question)
  }
}

function idOf(json: unknown): string | null {
  const withId = z.looseObject({ id: z.uuid() }).safeParse(json)
  return withId.success ? withId.data.id : null
}
