import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { framed, TurnFrames } from './turn-frames'

const stun = (length: number, cookie = 0x2112a442): Buffer => {
  const message = Buffer.alloc(20 + length, 7)
  message.writeUInt16BE(0x0003, 0)
  message.writeUInt16BE(length, 2)
  message.writeUInt32BE(cookie, 4)
  return message
}
const channel = (length: number): Buffer => {
  const message = Buffer.alloc(4 + length, 9)
  message.writeUInt16BE(0x4001, 0)
  message.writeUInt16BE(length, 2)
  return message
}
const anyMessage = fc.oneof(
  fc.nat(300).map((words) => stun(words * 4)),
  fc.nat(1500).map((length) => channel(length))
)

describe('C1 what a tab sends by the way of calls', () => {
  it('comes out message by message, however the stream is cut, and goes back as it came', () => {
    fc.assert(
      fc.property(
        fc.array(anyMessage, { maxLength: 12 }).map((messages) => [stun(8), ...messages]),
        fc.infiniteStream(fc.integer({ min: 1, max: 900 })),
        (messages, cuts) => {
          const stream = Buffer.concat(messages.map((message) => framed(message) ?? Buffer.alloc(0)))
          const frames = new TurnFrames()
          const got: Buffer[] = []
          for (let at = 0; at < stream.length;) {
            const next = Math.min(stream.length, at + (cuts.next().value as number))
            const taken = frames.take(stream.subarray(at, next))
            if (taken === 'wrong') return false
            got.push(...taken)
            at = next
          }
          return got.length === messages.length && got.every((one, index) => one.equals(messages[index]!))
        }
      )
    )
  })

  it.each([
    ['a request over HTTP', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
    ['TLS', Buffer.from([0x16, 3, 1, 0, 200, 1, 0, 0, 196])],
    ['DTLS', Buffer.from([0x16, 0xfe, 0xff, 0, 0, 0, 0, 0, 0])],
    ['a STUN message without the cookie', stun(8, 0x12345678)],
    ['a STUN message of an odd length', stun(7)],
    ['a channel beyond those of TURN', Buffer.from([0x50, 0, 0, 4, 1, 2, 3, 4])],
    ['more than a datagram', stun(65_532).subarray(0, 200)],
    ['RTP', Buffer.from([0x80, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0])]
  ])('is no call when it is %s', (_what, bytes) => {
    expect(new TurnFrames().take(bytes)).toBe('wrong')
  })

  it('sends nothing of a message that is not whole, or before a STUN message', () => {
    const frames = new TurnFrames()
    expect(frames.take(stun(40).subarray(0, 59))).toEqual([])
    expect(new TurnFrames().take(channel(8))).toBe('wrong')
    expect(new TurnFrames().take(Buffer.concat([stun(0), Buffer.from('POST / HTTP/1.1')]))).toBe('wrong')
  })

  it('takes no datagram that is no whole message', () => {
    expect(framed(Buffer.alloc(0))).toBeNull()
    expect(framed(Buffer.from('hello, this is no TURN message'))).toBeNull()
    expect(framed(stun(40).subarray(0, 50))).toBeNull()
    expect(framed(channel(5))).toHaveLength(12)
  })
})
