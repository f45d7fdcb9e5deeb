import type { z } from 'zod'
import {
  acceptedSchema,
  boardSchema,
  deskChecksSchema,
  CONSOLE_HEADER,
  meSchema,
  type Board,
  type ConsoleSignIn,
  type DeskChecks,
  type Me
} from '../../contract/wire/v1/console'
import {
  breakGlassListSchema,
  type BreakGlassList,
  type DeclineRequest,
  type GrantRequest
} from '../../contract/wire/v1/break-glass'
import {
  instructionListSchema,
  type InstructionList,
  type InstructRequest
} from '../../contract/wire/v1/instruction'
import type { AppealAnswer, DecideRequest } from '../../contract/wire/v1/alert-life'
import {
  alertHistorySchema,
  alertListSchema,
  alertReportSchema,
  type AlertHistory,
  type AlertList,
  type AlertListQuery,
  type AlertReport,
  type ReportQuery
} from '../../contract/wire/v1/review'
import { signInReplySchema, type SignInReply } from '../../contract/wire/v1/sign-in'
import { hubErrorSchema } from '../../contract/wire/v1/device'
import {
  channelListSchema,
  deadLetterListSchema,
  keyListSchema,
  madeChannelSchema,
  madeKeySchema,
  type ChannelList,
  type DeadLetterList,
  type KeyList,
  type MadeChannel,
  type MadeKey,
  type NewChannel,
  type NewKey
} from '../../contract/wire/v1/connections'
import { deskWorkSchema, type DeskWork } from '../../contract/wire/v1/work'
import { deviceAdminCalls, type DeviceAdminCalls } from './device-admin'
import { HubFailure } from './failure'

/** What the console asks of the hub. Every call rejects with a `HubFailure`. */
export interface HubClient extends DeviceAdminCalls {
  readonly signIn: (credentials: ConsoleSignIn) => Promise<SignInReply>
  /** What is sent and got of signing in and of one's own account, by the contract of each path. */
  readonly ask: <T extends z.ZodType>(schema: T, path: string, signal?: AbortSignal) => Promise<z.infer<T>>
  readonly tell: <T extends z.ZodType>(schema: T, path: string, body?: object) => Promise<z.infer<T>>
  readonly signOut: () => Promise<void>
  readonly me: (signal?: AbortSignal) => Promise<Me>
  readonly board: (signal: AbortSignal) => Promise<Board>
  /** Every check of one desk, as it told them last. */
  readonly deskChecks: (workstation: string, signal: AbortSignal) => Promise<DeskChecks>
  /** The requests of one desk that a check be waived. */
  readonly exceptions: (workstation: string, signal: AbortSignal) => Promise<BreakGlassList>
  readonly grantException: (request: string, grant: GrantRequest) => Promise<void>
  readonly declineException: (request: string, why: DeclineRequest) => Promise<void>
  /** What was asked of one desk lately, and what may be. */
  readonly instructions: (workstation: string, signal: AbortSignal) => Promise<InstructionList>
  readonly instruct: (workstation: string, request: InstructRequest) => Promise<void>
  readonly acknowledge: (alert: string) => Promise<void>
  readonly seen: (alert: string) => Promise<void>
  readonly decide: (alert: string, decision: DecideRequest) => Promise<void>
  readonly answerAppeal: (alert: string, answer: AppealAnswer) => Promise<void>
  /** One page of alerts, newest first. */
  readonly alerts: (query: AlertListQuery, signal: AbortSignal) => Promise<AlertList>
  /** Who did what with an alert, and who saw it. */
  readonly history: (alert: string, signal: AbortSignal) => Promise<AlertHistory>
  readonly report: (query: ReportQuery, signal: AbortSignal) => Promise<AlertReport>
  /** What other systems told of who is at a desk. */
  readonly deskWork: (workstation: string, signal: AbortSignal) => Promise<DeskWork>
  readonly integrationKeys: (signal: AbortSignal) => Promise<KeyList>
  readonly makeKey: (request: NewKey) => Promise<MadeKey>
  readonly revokeKey: (key: string) => Promise<void>
  readonly channels: (signal: AbortSignal) => Promise<ChannelList>
  readonly makeChannel: (request: NewChannel) => Promise<MadeChannel>
  readonly retireChannel: (channel: string) => Promise<void>
  readonly deadLetters: (signal: AbortSignal) => Promise<DeadLetterList>
  readonly resend: (letter: string) => Promise<void>
  /** Opens the stream after `cursor`; the body carries server-sent events. */
  readonly stream: (cursor: string, signal: AbortSignal) => Promise<ReadableStream<Uint8Array>>
}

/** How long a request other than the stream may take, milliseconds. */
const PATIENCE_MS = 15_000

async function failureFrom(response: Response): Promise<HubFailure> {
  const body: unknown = await response.json().catch(() => null)
  const error = hubErrorSchema.safeParse(body)
  const code = error.success ? error.data.code : 'unavailable'
  if (response.status === 401 && code !== 'bad-credentials') return new HubFailure({ kind: 'signed-out' })
  if (response.status >= 502) return new HubFailure({ kind: 'unreachable' })
  return new HubFailure({ kind: 'refused', status: response.status, code, field: error.data?.field })
}

/** `origin` is empty in a browser (same origin) and the hub's own in tests outside of one. */
export function createHubClient(
  origin = '',
  doFetch: typeof fetch = (...request) => fetch(...request)
): HubClient {
  async function send(path: string, options: RequestInit): Promise<Response> {
    const response = await doFetch(`${origin}/console/v1/${path}`, {
      credentials: 'same-origin',
      cache: 'no-store',
      ...options
    }).catch((cause: unknown) => {
      if (options.signal?.aborted) throw cause
      throw new HubFailure({ kind: 'unreachable' })
    })
    if (!response.ok) throw await failureFrom(response)
    return response
  }

  async function understood<T extends z.ZodType>(schema: T, response: Response): Promise<z.infer<T>> {
    const body: unknown = await response.json().catch(() => undefined)
    const parsed = schema.safeParse(body)
    if (parsed.success) return parsed.data
    const issue = parsed.error.issues[0]
    const detail = issue ? `${issue.path.join('.')}: ${issue.message}` : 'no JSON'
    throw new HubFailure({ kind: 'not-understood', detail })
  }

  const get = (path: string, signal?: AbortSignal): Promise<Response> => {
    const patience = AbortSignal.timeout(PATIENCE_MS)
    return send(path, { signal: signal ? AbortSignal.any([signal, patience]) : patience })
  }
  const post = (path: string, body: object): Promise<Response> =>
    send(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [CONSOLE_HEADER]: '1' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS)
    })
  const act = async (path: string, body: object = {}): Promise<void> => {
    await understood(acceptedSchema, await post(path, body))
  }

  return {
    ...deviceAdminCalls({ get, post, act, understood }),
    signIn: async (credentials) => understood(signInReplySchema, await post('sign-in', credentials)),
    ask: async (schema, path, signal) => understood(schema, await get(path, signal)),
    tell: async (schema, path, body = {}) => understood(schema, await post(path, body)),
    signOut: async () => {
      await post('sign-out', {})
    },
    me: async (signal) => understood(meSchema, await get('me', signal)),
    board: async (signal) => understood(boardSchema, await get('board', signal)),
    deskChecks: async (workstation, signal) =>
      understood(
        deskChecksSchema,
        await get(`workstations/${encodeURIComponent(workstation)}/checks`, signal)
      ),
    exceptions: async (workstation, signal) =>
      understood(
        breakGlassListSchema,
        await get(`workstations/${encodeURIComponent(workstation)}/break-glass`, signal)
      ),
    grantException: (request, grant) => act(`break-glass/${encodeURIComponent(request)}/grant`, grant),
    declineException: (request, why) => act(`break-glass/${encodeURIComponent(request)}/decline`, why),
    instructions: async (workstation, signal) =>
      understood(
        instructionListSchema,
        await get(`workstations/${encodeURIComponent(workstation)}/instructions`, signal)
      ),
    instruct: (workstation, request) =>
      act(`workstations/${encodeURIComponent(workstation)}/instructions`, request),
    acknowledge: (alert) => act(`alerts/${encodeURIComponent(alert)}/acknowledge`),
    seen: (alert) => act(`alerts/${encodeURIComponent(alert)}/seen`),
    decide: (alert, decision) => act(`alerts/${encodeURIComponent(alert)}/decide`, decision),
    answerAppeal: (alert, answer) => act(`alerts/${encodeURIComponent(alert)}/appeal`, answer),
    alerts: async ({ stage, before }, signal) => {
      const query = new URLSearchParams({ stage, ...(before === undefined ? {} : { before }) })
      return understood(alertListSchema, await get(`alerts?${query.toString()}`, signal))
    },
    history: async (alert, signal) =>
      understood(alertHistorySchema, await get(`alerts/${encodeURIComponent(alert)}/history`, signal)),
    report: async ({ from, to, team }, signal) => {
      const query = new URLSearchParams({ from, to, ...(team === undefined ? {} : { team }) })
      return understood(alertReportSchema, await get(`reports/alerts?${query.toString()}`, signal))
    },
    deskWork: async (workstation, signal) =>
      understood(deskWorkSchema, await get(`workstations/${encodeURIComponent(workstation)}/work`, signal)),
    integrationKeys: async (signal) => understood(keyListSchema, await get('integration/keys', signal)),
    makeKey: async (request) => understood(madeKeySchema, await post('integration/keys', request)),
    revokeKey: (key) => act(`integration/keys/${encodeURIComponent(key)}/revoke`),
    channels: async (signal) => understood(channelListSchema, await get('integration/channels', signal)),
    makeChannel: async (request) =>
      understood(madeChannelSchema, await post('integration/channels', request)),
    retireChannel: (channel) => act(`integration/channels/${encodeURIComponent(channel)}/retire`),
    deadLetters: async (signal) =>
      understood(deadLetterListSchema, await get('integration/dead-letters', signal)),
    resend: (letter) => act(`integration/dead-letters/${encodeURIComponent(letter)}/resend`),
    stream: async (cursor, signal) => {
      const headers = { accept: 'text/event-stream' }
      const response = await send(`stream?after=${encodeURIComponent(cursor)}`, { headers, signal })
      if (!response.body) throw new HubFailure({ kind: 'not-understood', detail: 'the stream has no body' })
      return response.body
    }
  }
}
