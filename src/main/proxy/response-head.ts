import { endToEnd } from './headers'

/** Longer heads are refused, as Node's own client refuses them. */
const MAX_HEAD_BYTES = 64 * 1024
const STATUS = /^HTTP\/1\.[01] ([1-5]\d\d)(?: [\t\u0020-\u007e\u0080-\u00ff]*)?$/
const FIELD =
  /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[\t ]*((?:[\t\u0020-\u007e\u0080-\u00ff]*[\u0021-\u007e\u0080-\u00ff])?)[\t ]*$/

/**
 * The head of an answer (RFC 9112), as it comes in. Read as strictly as it is written down: lines end with CRLF, none is
 * folded. Interim answers are left out. What comes out says that the connection ends with the answer, so that whatever
 * follows the head may be passed on as it is: the reader frames it by the same headers, or by the end.
 */
export class ResponseHead {
  private gathered: Buffer = Buffer.alloc(0)

  /** The head to send with what followed it, `more` while it is not whole, `wrong` when it is no head. */
  take(bytes: Buffer): Buffer | 'more' | 'wrong' {
    this.gathered = this.gathered.length === 0 ? bytes : Buffer.concat([this.gathered, bytes])
    for (;;) {
      const end = this.gathered.indexOf('\r\n\r\n')
      if (end < 0 || end > MAX_HEAD_BYTES) return this.gathered.length > MAX_HEAD_BYTES ? 'wrong' : 'more'
      const edited = edit(this.gathered.toString('latin1', 0, end))
      const rest = this.gathered.subarray(end + 4)
      if (edited === null) return 'wrong'
      if (edited !== '') return Buffer.concat([Buffer.from(edited, 'latin1'), rest])
      this.gathered = rest
    }
  }
}

/** The head as it goes on; empty for an interim answer, null for what is no head. */
function edit(head: string): string | null {
  const [first = '', ...lines] = head.split('\r\n')
  const status = STATUS.exec(first)?.[1]
  if (status === undefined || status === '101') return null // nobody asked for another protocol
  const raw: string[] = []
  for (const line of lines) {
    const field = FIELD.exec(line)
    if (field === null) return null
    raw.push(field[1] ?? '', field[2] ?? '')
  }
  if (status.startsWith('1')) return ''
  const codings = raw.filter(
    (_text, index) => raw[index - 1]?.toLowerCase() === 'transfer-encoding' && index % 2 === 1
  )
  const kept = endToEnd(raw).map(([name, value]) => `${name}: ${value}`)
  // The body goes on as it is, so the way in which it is framed does.
  const framing = codings.map((value) => `Transfer-Encoding: ${value}`)
  return [first, ...kept, ...framing, 'Connection: close', '', ''].join('\r\n')
}
