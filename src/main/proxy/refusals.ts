export type TellRefusal = (authority: string, count: number) => void

/** More different names than this between two reports are counted under one. */
const MAX_NAMES = 200
const OTHERS = 'others'

/** Counts refusals by `host:port`, never by path or query, and tells them in batches. */
export class Refusals {
  private readonly counts = new Map<string, number>()
  private timer: NodeJS.Timeout | null = null

  constructor(
    private readonly tell: TellRefusal,
    private readonly everyMs = 1000
  ) {}

  add(authority: string): void {
    const name = this.counts.has(authority) || this.counts.size < MAX_NAMES ? authority : OTHERS
    this.counts.set(name, (this.counts.get(name) ?? 0) + 1)
    this.timer ??= setTimeout(() => this.flush(), this.everyMs)
  }

  flush(): void {
    if (this.timer !== null) clearTimeout(this.timer)
    this.timer = null
    for (const [authority, count] of this.counts) this.tell(authority.slice(0, 260), count)
    this.counts.clear()
  }
}
