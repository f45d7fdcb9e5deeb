import { createParser } from 'eventsource-parser'
import { streamMessageSchema, type StreamMessage } from '../../contract/wire/v1/console'
import { HubFailure } from '../hub/failure'

/** One message as it came down. `id` is null where the hub gave none, as it may for beats. */
export interface Received {
  readonly id: number | null
  readonly message: StreamMessage
}

/** The stream said nothing for longer than its beat allows. */
export class SilentLine extends Error {
  constructor(ms: number) {
    super(`no byte for ${ms} ms`)
    this.name = 'SilentLine'
  }
}

const notUnderstood = (detail: string): HubFailure => new HubFailure({ kind: 'not-understood', detail })

function parseJson(data: string): unknown {
  try {
    return JSON.parse(data)
  } catch {
    throw notUnderstood('no JSON')
  }
}

function read(data: string, id: string | undefined): Received {
  const parsed = streamMessageSchema.safeParse(parseJson(data))
  if (!parsed.success) throw notUnderstood(parsed.error.issues[0]?.path.join('.') ?? 'message')
  const number = id !== undefined && /^\d+$/.test(id) ? Number(id) : null
  const { kind } = parsed.data
  // A row without a number cannot be put in order: better to load the board again than to guess.
  if (number === null && (kind === 'tile' || kind === 'alert')) throw notUnderstood('id')
  return { id: number, message: parsed.data }
}

/** Resolves like `promise`, rejects with `SilentLine` when that takes longer than `ms`. */
async function within<T>(promise: Promise<T>, ms: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new SilentLine(ms)), ms)
  })
  try {
    return await Promise.race([promise, silence])
  } finally {
    clearTimeout(timer)
  }
}

/**
 * The messages of one connection in batches, one batch per chunk that arrived. Ends when the hub ends the stream.
 * Throws `SilentLine` after `silenceMs` without a byte and `HubFailure` for a message outside the contract.
 */
export async function* readEvents(
  body: ReadableStream<Uint8Array>,
  silenceMs: number
): AsyncGenerator<readonly Received[], void, void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let batch: Received[] = []
  const parser = createParser({
    onEvent: (event) => {
      batch.push(read(event.data, event.id))
    }
  })
  try {
    for (;;) {
      const chunk = await within(reader.read(), silenceMs)
      if (chunk.done) return
      parser.feed(decoder.decode(chunk.value, { stream: true }))
      const ready = batch
      batch = []
      if (ready.length > 0) yield ready
    }
  } finally {
    // The connection is given up in every case; that it was already broken is no news.
    reader.cancel().catch(() => undefined)
  }
}
