import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertOf, tileOf } from '../../../e2e/console/rows'
import type { StreamMessage } from '../../contract/wire/v1/console'
import { HubFailure } from '../hub/failure'
import { readEvents, SilentLine, type Received } from './event-reader'

const tile = tileOf(1, { person: { id: tileOf(1).workstation, name: 'Señora Peña 🙂' } })
const messages: readonly StreamMessage[] = [
  { kind: 'tile', tile },
  { kind: 'beat', at: new Date(0).toISOString() },
  { kind: 'alert', alert: alertOf(tile) },
  { kind: 'reload' }
]
const wire = messages
  .map((message, index) => `: a comment\nid: ${index + 1}\ndata: ${JSON.stringify(message)}\n\n`)
  .join('')

const bodyOf = (chunks: readonly Uint8Array[], thenStaySilent = false): ReadableStream<Uint8Array> =>
  new ReadableStream({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(chunk))
      if (!thenStaySilent) controller.close()
    }
  })

async function collect(body: ReadableStream<Uint8Array>, silenceMs = 1000): Promise<readonly Received[]> {
  const all: Received[] = []
  for await (const batch of readEvents(body, silenceMs)) all.push(...batch)
  return all
}

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('the reader of the stream', () => {
  test('reads the same messages wherever the bytes are cut, in the middle of a letter too', async () => {
    const bytes = encode(wire)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 30 }), async (cuts) => {
        const places = [0, ...cuts.sort((a, b) => a - b), bytes.length]
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index], end))
        const received = await collect(bodyOf(chunks))
        expect(received).toEqual(messages.map((message, index) => ({ id: index + 1, message })))
      }),
      { numRuns: 50 }
    )
  })

  test('does not hand out a message that was cut off', async () => {
    expect(await collect(bodyOf([encode(wire.slice(0, -20))]))).toHaveLength(3)
  })

  test('calls a line dead that sends nothing, not even a beat', async () => {
    await expect(collect(bodyOf([encode(wire)], true), 30)).rejects.toBeInstanceOf(SilentLine)
  })

  test.each([
    ['no JSON', 'id: 1\ndata: {oops\n\n'],
    ['another shape', 'id: 1\ndata: {"kind":"tile","tile":{}}\n\n'],
    ['an unknown kind', 'id: 1\ndata: {"kind":"huddle"}\n\n'],
    ['a row without a number', `data: ${JSON.stringify(messages[0])}\n\n`]
  ])('refuses %s instead of guessing', async (_, text) => {
    const failure = await collect(bodyOf([encode(text)])).catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(HubFailure)
    expect((failure as HubFailure).failure.kind).toBe('not-understood')
  })
})
