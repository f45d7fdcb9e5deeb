import { z } from 'zod'
import type { CodeIntegrity } from '../contract/service/code-integrity'
import type { LockDownReply } from '../contract/service/lock-down'
import type { ProgramsReply } from '../contract/service/programs'
import { questionSchema, replySchema, type Question, type Reply } from '../contract/service/question'
import type { TunnelsReply } from '../contract/service/tunnels'
import type { FirewallProfile } from '../core/check/judge/firewall'
import type { Volume } from '../core/check/judge/disk-encryption'
import type { TpmFacts } from '../core/check/judge/tpm'
import { assertNever } from '../core/result'

/** What the service knows that it can be asked for. What cannot be told rejects. */
export interface Knowledge {
  /** Seconds since the service started. */
  readonly uptimeSeconds: () => number
  readonly firewall: () => Promise<readonly FirewallProfile[]>
  readonly volumes: () => Promise<readonly Volume[]>
  readonly tpm: () => Promise<TpmFacts>
  /** Windows' policies for programs in force. */
  readonly codeIntegrity: () => Promise<CodeIntegrity>
  /** The files that these processes run, whoever's they are. */
  readonly programs: (pids: readonly number[], hashes: boolean) => Promise<ProgramsReply['programs']>
  /** Far ends of this machine's WireGuard tunnels. */
  readonly tunnels: () => Promise<Pick<TunnelsReply, 'peers' | 'problem'>>
}

/** What is done for whoever asks, for as long as their connection lives. */
export interface Asker {
  /** Rejects when nothing can be locked down for them. */
  readonly lockDown: (
    question: Extract<Question, { ask: 'lock-down' }>
  ) => Promise<Pick<LockDownReply, 'held' | 'drifted'>>
}

const nobody: Asker = { lockDown: () => Promise.reject(new Error('nothing is locked down here')) }

/** Answers one line. Whatever it holds, there is an answer, and nothing of it is ever run. */
export async function answerLine(
  line: Uint8Array,
  knowledge: Knowledge,
  asker: Asker = nobody
): Promise<Reply> {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(line))
  } catch {
    return { kind: 'refused', id: null, reason: 'unreadable', message: 'The question is not JSON in UTF-8.' }
  }
  const question = questionSchema.safeParse(json)
  if (question.success) return answer(question.data, knowledge, asker)
  const field = question.error.issues[0]?.path.join('.') ?? ''
  const message =
    field === '' ? 'The question is not one of this service.' : `The question has a wrong field: ${field}.`
  return { kind: 'refused', id: idOf(json), reason: 'unreadable', message: message.slice(0, 300) }
}

/** What the system told, if it fits the schema; else that it cannot be told, and why. */
async function answer(question: Question, knowledge: Knowledge, asker: Asker): Promise<Reply> {
  const { id } = question
  try {
    return replySchema.parse(await lookUp(question, knowledge, asker))
  } catch (error) {
    const why = error instanceof z.ZodError ? 'the answer has a wrong form' : problemOf(error)
    return { kind: 'refused', id, reason: 'cannot-tell', message: why.slice(0, 300) }
  }
}

const problemOf = (error: unknown): string => (error instanceof Error ? error.message : 'no answer')

async function lookUp(question: Question, knowledge: Knowledge, asker: Asker): Promise<Reply> {
  const { id } = question
  switch (question.ask) {
    case 'uptime':
      return { kind: 'uptime', id, seconds: knowledge.uptimeSeconds() }
    case 'firewall':
      return { kind: 'firewall', id, profiles: [...(await knowledge.firewall())] }
    case 'volumes':
      return { kind: 'volumes', id, volumes: [...(await knowledge.volumes())] }
    case 'tpm':
      return { kind: 'tpm', id, ...(await knowledge.tpm()) }
    case 'code-integrity':
      return { kind: 'code-integrity', id, ...(await knowledge.codeIntegrity()) }
    case 'tunnels':
      return { kind: 'tunnels', id, ...(await knowledge.tunnels()) }
    case 'programs':
      return { kind: 'programs', id, programs: await knowledge.programs(question.pids, question.hashes) }
    case 'lock-down':
      return { kind: 'lock-down', id, ...(await asker.lockDown(question)) }
    default:
      return assertNever(question)
  }
}

function idOf(json: unknown): string | null {
  const withId = z.looseObject({ id: z.uuid() }).safeParse(json)
  return withId.success ? withId.data.id : null
}
