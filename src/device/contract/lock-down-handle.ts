import type { SettingId } from '../../core/lock-down/setting'
import type { LockDownNews } from '../../core/lock-down/standing'

export interface LockDownOptions {
  readonly serviceSocket: string
  /** How it stands, after every look. */
  readonly told: (news: LockDownNews) => void
}

/** Asks the privileged service to hold settings of this desktop. */
export interface LockDownHandle {
  /** Holds these from now on; null lets go, and everything is as it was. */
  want(settings: readonly SettingId[] | null): void
}
