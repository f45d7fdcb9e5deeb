import { settingIds, type SettingId } from '../../core/lock-down/setting'
import { err, ok } from '../../core/result'
import type { Change, LockDown, Value } from '../contract/lock-down'
import { SourceError } from '../contract/sources'

/** A desktop in memory: two settings of the system for each one of ours, but for those that it cannot hold. */
export class FakeLockDown implements LockDown {
  /** The settings of this system, by key. What is not there is not set. */
  readonly system = new Map<string, Value>()
  /** Keys whose tool fails. */
  readonly broken = new Set<string>()
  /** Keys that a write does not change, though it seems to succeed. */
  readonly deaf = new Set<string>()
  readonly gone = new Set<string>()
  /** Every write, in order. */
  readonly writes: string[] = []
  readonly #cannot: ReadonlySet<SettingId>

  constructor(cannot: readonly SettingId[] = []) {
    this.#cannot = new Set(cannot)
    for (const setting of settingIds) this.system.set(`${setting}:first`, `own ${setting}`)
  }

  async changesFor(setting: SettingId): ReturnType<LockDown['changesFor']> {
    if (this.#cannot.has(setting)) return Promise.resolve(err('this system cannot'))
    return Promise.resolve(ok(['first', 'second'].map((part) => this.#change(`${setting}:${part}`))))
  }

  changeOf(key: string): Change | null {
    return /^[a-z-]+:(first|second)$/.test(key) ? this.#change(key) : null
  }

  isGone(key: string): Promise<boolean> {
    return Promise.resolve(this.gone.has(key))
  }

  #change(key: string): Change {
    const guard = async (): Promise<void> => {
      await Promise.resolve()
      if (this.broken.has(key)) throw new SourceError('unusable', 'the tool failed')
    }
    return {
      key,
      wanted: 'locked',
      read: async () => {
        await guard()
        return this.system.get(key) ?? null
      },
      write: async (_where, value) => {
        await guard()
        this.writes.push(`${key} = ${String(value)}`)
        if (this.deaf.has(key)) return
        if (value === null) this.system.delete(key)
        else this.system.set(key, value)
      }
    }
  }
}
