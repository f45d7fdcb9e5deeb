import {
  admissionOf,
  countTry,
  forgiveTries,
  instantOf,
  MAX_TRIES,
  type Circumstances,
  type KnownPerson
} from '../../../core/offline/admission'
import { withTimeLimit } from '../time-limit'
import type { Kept, KeptFile } from './kept'
import { makeVerifier, verifies } from './verifier'

export interface OfflineDoorOptions {
  readonly file: Pick<KeptFile, 'read' | 'write' | 'remove'>
  readonly circumstances: () => Circumstances
  /** Something on the disk is not as it was left. For the record. */
  readonly problem: (label: string) => void
}

export type OfflineAnswer =
  | {
      readonly kind: 'in'
      readonly person: KnownPerson['person']
      /** How long ago the hub last confirmed the person, milliseconds. */
      readonly confirmedMsAgo: number
    }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait' }
  /** Nobody gets in here without the hub. */
  | { readonly kind: 'closed' }

/** A disk that does not answer lets nobody in, and holds nothing else up, milliseconds. */
const DISK_LIMIT_MS = 2000
/** What the hub confirms again and again is written so often, milliseconds. Unwritten, it only ends earlier. */
const CONFIRM_EVERY_MS = 5 * 60_000

/**
 * The way to sign in while the hub is away: one person, the one who signed in last at a workstation that the hub
 * believed. Every change is on the disk before anything follows from it; what cannot be written or read lets nobody in.
 */
export class OfflineDoor {
  readonly #options: OfflineDoorOptions
  #kept: Kept | null = null
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: OfflineDoorOptions) {
    this.#options = options
  }

  /** Who could come in; null when nobody is known. */
  get person(): KnownPerson['person'] | null {
    return this.#kept?.known.person ?? null
  }

  /** Takes back what an earlier run kept. */
  open(): Promise<void> {
    return this.#next(async () => {
      const read = await withTimeLimit(
        this.#options.file.read(),
        DISK_LIMIT_MS,
        'the disk did not answer'
      ).catch((error: unknown) => ({ ok: false, error: String(error) }) as const)
      if (read.ok) this.#kept = read.value
      else {
        this.#options.problem(read.error)
        await this.#forget()
      }
    })
  }

  /** The hub let this person in, here, at a workstation that it believes. Null forgets whoever was known. */
  remember(person: KnownPerson['person'] | null, email: string, password: string): Promise<void> {
    return this.#next(async () => {
      const { policy, program, trusted, now } = this.#options.circumstances()
      if (person === null || policy?.offlineSignIn === undefined || program === null || !trusted) {
        await this.#forget()
        return
      }
      const known: KnownPerson = {
        person,
        email: asKept(email),
        policyVersion: policy.version,
        program,
        confirmedAt: now,
        seenAt: now,
        tries: 0,
        waitUntil: 0,
        suspended: false
      }
      await this.#write({ v: 1, known, verifier: await makeVerifier(password) })
    })
  }

  /** The hub says that the person may still work here. */
  confirmed(): Promise<void> {
    return this.#change((known) => {
      const { now } = this.#options.circumstances()
      const isNews = now - known.confirmedAt >= CONFIRM_EVERY_MS
      return isNews ? { ...known, confirmedAt: now, seenAt: instantOf(known, now) } : known
    })
  }

  /** Time goes by without the hub: a restart does not bring it back. */
  timePassed(): Promise<void> {
    return this.#change((known) => ({
      ...known,
      seenAt: instantOf(known, this.#options.circumstances().now)
    }))
  }

  /** Whether the hub believes this workstation. While it does not, nobody comes in, after a restart either. */
  suspend(suspended: boolean): Promise<void> {
    return this.#change((known) => (known.suspended === suspended ? known : { ...known, suspended }))
  }

  /** Nobody comes in without the hub any more. */
  forget(): Promise<void> {
    return this.#next(() => this.#forget())
  }

  /** The hub says no to what this desk takes for right: the password is another by now, or the person is out. */
  contradicted(email: string, password: string): Promise<void> {
    return this.#next(async () => {
      const kept = this.#kept
      if (kept === null || kept.known.email !== asKept(email)) return
      if (await verifies(kept.verifier, password)) await this.#forget()
    })
  }

  /** A password while the hub is away. */
  async signIn(email: string, password: string): Promise<OfflineAnswer> {
    let answer: OfflineAnswer = { kind: 'closed' }
    await this.#next(async () => {
      answer = await this.#signIn(email, password)
    })
    return answer
  }

  /** Resolves when nothing is under way any more. */
  async settled(): Promise<void> {
    await this.#turn
  }

  async #signIn(email: string, password: string): Promise<OfflineAnswer> {
    const about = this.#options.circumstances()
    const kept = this.#kept
    const admission = admissionOf(kept?.known ?? null, about)
    if (admission.kind === 'wait') return { kind: 'wait' }
    if (admission.kind === 'no' || kept === null) return { kind: 'closed' }
    const counted = countTry(kept.known, about.now)
    if (!(await this.#write({ ...kept, known: counted }))) return { kind: 'closed' }
    // The same work for a wrong name as for a wrong password.
    const matches = (await verifies(kept.verifier, password)) && kept.known.email === asKept(email)
    if (!matches) {
      if (counted.tries >= MAX_TRIES) await this.#forget()
      return { kind: 'wrong' }
    }
    if (!(await this.#write({ ...kept, known: forgiveTries(counted) }))) return { kind: 'closed' }
    const { person, confirmedAt } = counted
    return { kind: 'in', person, confirmedMsAgo: instantOf(counted, about.now) - confirmedAt }
  }

  #change(change: (known: KnownPerson) => KnownPerson): Promise<void> {
    return this.#next(async () => {
      const kept = this.#kept
      if (kept === null) return
      const known = change(kept.known)
      if (known !== kept.known) await this.#write({ ...kept, known })
    })
  }

  /** False, and nobody known any more, when the disk did not take it. */
  async #write(kept: Kept): Promise<boolean> {
    try {
      await withTimeLimit(this.#options.file.write(kept), DISK_LIMIT_MS, 'the disk did not answer')
      this.#kept = kept
      return true
    } catch (error) {
      this.#options.problem(
        `offline.sealed cannot be written: ${error instanceof Error ? error.message : ''}`
      )
      await this.#forget()
      return false
    }
  }

  async #forget(): Promise<void> {
    this.#kept = null
    await withTimeLimit(this.#options.file.remove(), DISK_LIMIT_MS, 'the disk did not answer').catch(
      (error: unknown) =>
        this.#options.problem(
          `offline.sealed cannot be removed: ${error instanceof Error ? error.message : ''}`
        )
    )
  }

  /** One after the other: two tries at once count as two. A mistake of ours closes the door and nothing else. */
  #next(step: () => Promise<void>): Promise<void> {
    this.#turn = this.#turn.then(step).catch((error: unknown) => {
      this.#kept = null
      this.#options.problem(`offline sign-in: ${error instanceof Error ? error.message : 'failed'}`)
    })
    return this.#turn.then(() => undefined)
  }
}

const asKept = (email: string): string => email.trim().toLowerCase()
