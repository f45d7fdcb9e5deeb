import type { ChannelKind } from '../../core/integration/event'

/** A message as it goes to its channel. */
export interface Letter {
  readonly id: string
  readonly event: string
  readonly body: string
  readonly createdAt: Date
  readonly target: string
  readonly salt: Uint8Array
  /** Whether the organisation is one for demonstration: it may speak to programs on this machine. */
  readonly demo: boolean
}

/** `final`: it need not be tried again. The problem is a code, never what the other side said. */
export type Sent =
  { readonly ok: true } | { readonly ok: false; readonly problem: string; readonly final: boolean }

/** One way to send. It never throws. */
export interface Sender {
  send(letter: Letter, now: Date): Promise<Sent>
  close(): Promise<void>
}

export type Senders = Readonly<Record<ChannelKind, Sender>>

export const failed = (problem: string, final = false): Sent => ({ ok: false, problem, final })
