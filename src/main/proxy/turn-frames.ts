/** What a datagram over IPv4 can carry, bytes. */
const MAX_DATAGRAM = 65_507
/** Of every STUN message (RFC 8489, 5). */
const MAGIC_COOKIE = 0x2112a442
const HEADER = { stun: 20, channel: 4 } as const

/**
 * Length of the TURN message that bytes begin with, without padding; null while that cannot be told, `wrong` when they
 * begin no message: neither STUN (RFC 8489) nor ChannelData (RFC 8656, 12.4).
 */
function lengthOf(bytes: Buffer): number | null | 'wrong' {
  if (bytes.length < HEADER.channel) return null
  const first = bytes.readUInt8(0)
  const length = bytes.readUInt16BE(2)
  if (first >= 0x40 && first <= 0x4f) return HEADER.channel + length
  if (first >= 0x40 || length % 4 !== 0) return 'wrong'
  if (bytes.length < 8) return null
  return bytes.readUInt32BE(4) === MAGIC_COOKIE ? HEADER.stun + length : 'wrong'
}

const padded = (length: number): number => Math.ceil(length / 4) * 4

/**
 * Takes a stream of TURN over TCP apart into its messages, each without padding. It begins with a STUN message: there is no
 * channel before one is asked for, and text could be taken for ChannelData (`G` is 0x47).
 */
export class TurnFrames {
  private gathered: Buffer = Buffer.alloc(0)
  private begun = false

  /** The messages that are whole now, or `wrong` when something else came. Nothing is taken after that. */
  take(bytes: Buffer): readonly Buffer[] | 'wrong' {
    this.gathered = this.gathered.length === 0 ? bytes : Buffer.concat([this.gathered, bytes])
    if (!this.begun && bytes.length > 0) {
      if (this.gathered.readUInt8(0) >= 0x40) return 'wrong'
      this.begun = true
    }
    const messages: Buffer[] = []
    for (;;) {
      const length = lengthOf(this.gathered)
      if (length === 'wrong' || (length !== null && length > MAX_DATAGRAM)) return 'wrong'
      if (length === null || this.gathered.length < padded(length)) return messages
      messages.push(this.gathered.subarray(0, length))
      this.gathered = this.gathered.subarray(padded(length))
    }
  }
}

/** A datagram as TURN over TCP has it; null when it is no TURN message. */
export function framed(datagram: Buffer): Buffer | null {
  const length = lengthOf(datagram)
  if (typeof length !== 'number' || length > datagram.length) return null
  const message = datagram.subarray(0, length)
  return padded(length) === length ? message : Buffer.concat([message, Buffer.alloc(padded(length) - length)])
}
