import type { WindowKind } from '../../contract/ipc/schema'
import { err, ok, type Result } from '../../core/result'
import { ORIGIN, pageOf } from '../windows/page'

/** Why a call was not even looked at. */
export type RefusalReason =
  | 'unknown-window'
  | 'no-frame'
  | 'not-main-frame'
  | 'other-page'
  | 'not-granted'
  | 'too-many'
  | 'too-large'
  | 'malformed'

/** The part of a frame that proves who speaks. */
export interface SenderFrame {
  readonly url: string
  readonly origin: string
  readonly parent: unknown
  readonly routingId: number
  readonly processId: number
}

/** The part of Electron's IPC event that proves who speaks. */
export interface SenderEvent {
  readonly sender: { readonly id: number; readonly mainFrame: SenderFrame }
  /** Null when the frame was destroyed or navigated before the message was handled. */
  readonly senderFrame: SenderFrame | null
}

/**
 * Says which of our windows speaks: one that we made, its main frame, on exactly its own page.
 * A frame that is gone has no name any more and is refused.
 */
export function senderOf(
  event: SenderEvent,
  kindOf: (contentsId: number) => WindowKind | undefined
): Result<WindowKind, RefusalReason> {
  const kind = kindOf(event.sender.id)
  if (kind === undefined) return err('unknown-window')
  const frame = event.senderFrame
  if (frame === null) return err('no-frame')
  const main = event.sender.mainFrame
  const isMain =
    frame.parent === null && frame.routingId === main.routingId && frame.processId === main.processId
  if (!isMain) return err('not-main-frame')
  if (frame.origin !== ORIGIN || withoutFragment(frame.url) !== pageOf(kind)) return err('other-page')
  return ok(kind)
}

/** A fragment stays on the page; anything else is another page. */
const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? ''
