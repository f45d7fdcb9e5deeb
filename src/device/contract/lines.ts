/** Cuts a stream of bytes into lines and refuses to keep more than one line's worth. */
export class Lines {
  private kept: Buffer = Buffer.alloc(0)

  constructor(private readonly maxBytes: number) {}

  /** The complete lines that `chunk` ends; `too-long` once a line exceeds the limit. */
  push(chunk: Buffer): readonly Buffer[] | 'too-long' {
    const bytes = this.kept.length === 0 ? chunk : Buffer.concat([this.kept, chunk])
    const lines: Buffer[] = []
    let from = 0
    for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, from)) {
      if (end - from > this.maxBytes) return 'too-long'
      lines.push(bytes.subarray(from, end))
      from = end + 1
    }
    if (bytes.length - from > this.maxBytes) return 'too-long'
    this.kept = Buffer.from(bytes.subarray(from))
    return lines
  }
}
