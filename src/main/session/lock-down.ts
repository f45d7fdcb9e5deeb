import { wantedSettings, type LockDownNews } from '../../core/lock-down/standing'
import type { LockDownPolicy } from '../../core/lock-down/policy'
import type { LockDownHandle, LockDownOptions } from '../../device/contract/lock-down-handle'
import type { Desk } from './desk'

export interface DesktopLockOptions {
  readonly desk: Pick<Desk, 'facts' | 'state' | 'lockDown'>
  readonly open: (told: LockDownOptions['told']) => LockDownHandle
}

/** Has the desktop locked down from the sign-in to the sign-out, as far as the policy asks. */
export class DesktopLock {
  readonly #options: DesktopLockOptions
  #handle: LockDownHandle | null = null
  #wanted = ''

  constructor(options: DesktopLockOptions) {
    this.#options = options
  }

  /** Call whenever something changed: only another wish does anything. */
  settle(): void {
    const { desk } = this.#options
    const policy = desk.state.person === null ? undefined : desk.facts.policy?.desktop?.lockDown
    const wanted = JSON.stringify(policy ?? null)
    if (wanted === this.#wanted) return
    this.#wanted = wanted
    this.#begin(policy)
  }

  /** Lets go at once. */
  stop(): void {
    this.#handle?.want(null)
  }

  #begin(policy: LockDownPolicy | undefined): void {
    const { desk, open } = this.#options
    const told = (news: LockDownNews): void => {
      desk.lockDown(news)
    }
    if (policy === undefined) {
      this.#handle?.want(null)
      desk.lockDown(null)
      return
    }
    this.#handle ??= open(told)
    desk.lockDown({ kind: 'waiting' })
    this.#handle.want(wantedSettings(policy))
  }
}
