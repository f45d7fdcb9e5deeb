import type { DesktopSession } from '../../contract/service/lock-down'
import type { SettingId } from '../../core/lock-down/setting'
import type { Result } from '../../core/result'

/** Whose desktop it is, and where. */
export interface Where {
  readonly session: DesktopSession
  /** Runs one of the system's tools with the rights of whoever asked, and none of ours. As `Sources.ask`. */
  readonly ask: (path: string, args: readonly string[]) => Promise<{ code: number; output: string }>
  /** The asker's security identifier, on Windows. */
  readonly sid?: string
}

/** A value of one setting, in the words of its system; null while it is not set at all. */
export type Value = string | null

/** One setting of the system that is changed for a shift. Everything rejects with `SourceError`. */
export interface Change {
  /** Names it within its system, over restarts: by this the journal finds it again. */
  readonly key: string
  readonly wanted: Value
  read(where: Where): Promise<Value>
  /** `write(read())` changes nothing. */
  write(where: Where, value: Value): Promise<void>
}

/** A person's account on this system. */
export interface Account {
  readonly uid: number
  readonly gid: number
  readonly home: string
}

/** How a system locks a desktop down. It keeps nothing: what was before is the journal's to know. */
export interface LockDown {
  /** What a setting takes here. An error says why this system cannot. */
  changesFor(setting: SettingId, where: Where): Promise<Result<readonly Change[], string>>
  /** The change of a key from a journal; null when no version of this program had it. */
  changeOf(key: string): Change | null
  /** True when what was changed went away together with its session: there is nothing to bring back. */
  isGone(key: string, where: Where): Promise<boolean>
  /** The account of a uid, asked of the system; only where users have one. */
  accountOf?(uid: number, ask: Where['ask']): Promise<Account>
}
