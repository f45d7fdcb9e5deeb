import type { DesktopSession, LockDownReply } from '../../contract/service/lock-down'
import type { Held, SettingId } from '../../core/lock-down/setting'
import type { Peer } from '../../device/contract'
import type { Change, LockDown, Where } from '../../device/contract/lock-down'
import { SourceError } from '../../device/contract/sources'
import { emptyPage, nameOf, withEntry, withoutEntry, type Journal, type Page } from './journal'

export interface KeeperParts {
  readonly journal: Journal
  readonly lockDown: LockDown
  /** Whose rights the system's tools get, and where the desktop is. */
  readonly whereOf: (peer: Peer, session: DesktopSession) => Promise<Where>
  readonly log: (event: string, fact: string) => void
}

/** What is held for one connection. */
interface Hold {
  readonly token: symbol
  readonly peer: Peer
  readonly session: DesktopSession
  /** Changes that were read back as wanted with the question before: what is otherwise now has drifted. */
  held: ReadonlySet<string>
}

/** How often what could not be put back is tried again, milliseconds. */
const RETRY_MS = 15_000

/**
 * Locks desktops down and puts them back. What a setting was is in the journal, synced, before it is changed; it leaves the
 * journal when it is read back as it was. One thing at a time, so that the end of one session is over before the next begins.
 */
export class LockDownKeeper {
  private readonly holds = new Map<string, Hold>()
  private turn: Promise<unknown> = Promise.resolve()
  private retry: NodeJS.Timeout | null = null
  /** The service ends: nothing is locked down any more. */
  private closing = false

  constructor(private readonly parts: KeeperParts) {}

  /** Puts back what an earlier run of the service left. */
  recover(): Promise<void> {
    return this.next(async () => {
      for (const page of this.parts.journal.left()) {
        if ('damaged' in page) {
          this.parts.log('lock-down journal damaged', page.damaged)
          this.parts.journal.putAside(page.damaged)
        } else if (!this.holds.has(nameOf(page.peer))) await this.putBack(page, [page.session])
      }
      this.tryAgainLater()
    })
  }

  /** Sets what is not set yet, sets again what drifted, and says how everything stands. Rejects while another connection holds. */
  hold(
    peer: Peer,
    token: symbol,
    settings: readonly SettingId[],
    session: DesktopSession
  ): Promise<Pick<LockDownReply, 'held' | 'drifted'>> {
    return this.next(async () => {
      if (this.closing) throw new Error('the service ends')
      const name = nameOf(peer)
      const before = this.holds.get(name)
      if (before !== undefined && before.token !== token)
        throw new Error('another connection of yours locks the desktop down')
      if (before === undefined) await this.putBackLeft(peer, session)
      const hold = before ?? { token, peer, session, held: new Set<string>() }
      this.holds.set(name, hold)
      return this.enforce(hold, settings)
    })
  }

  /** The connection is over: everything is as it was before it. */
  release(peer: Peer, token: symbol): Promise<void> {
    return this.next(async () => {
      const name = nameOf(peer)
      const hold = this.holds.get(name)
      if (hold?.token !== token) return
      this.holds.delete(name)
      const page = this.pageOf(peer)
      if (page !== null) await this.putBack(page, [hold.session])
      this.tryAgainLater()
    })
  }

  /** Puts everything back: the service ends. */
  async close(): Promise<void> {
    this.closing = true
    // What is under way may still become a hold.
    await this.turn
    const holds = [...this.holds.values()]
    await Promise.all(holds.map(({ peer, token }) => this.release(peer, token)))
    if (this.retry !== null) clearTimeout(this.retry)
  }

  /** What was left of this person. A page that nobody can read is put aside before anything is written over it. */
  private pageOf(peer: Peer): Page | null {
    const { journal, log } = this.parts
    const page = journal.page(peer)
    if (page === null || !('damaged' in page)) return page
    log('lock-down journal damaged', page.damaged)
    journal.putAside(page.damaged)
    return null
  }

  private async putBackLeft(peer: Peer, session: DesktopSession): Promise<void> {
    const page = this.pageOf(peer)
    if (page === null) return
    await this.putBack(page, [page.session, session])
    const left = this.pageOf(peer)
    if (left !== null) this.parts.journal.keep({ ...left, session })
  }

  private async enforce(
    hold: Hold,
    settings: readonly SettingId[]
  ): Promise<Pick<LockDownReply, 'held' | 'drifted'>> {
    const { lockDown } = this.parts
    const where = await this.parts.whereOf(hold.peer, hold.session)
    const standings: Held[] = []
    const heldNow = new Set<string>()
    const wanted = new Set<string>()
    let drifted = 0
    for (const setting of new Set(settings)) {
      const standing = await guarded(setting, async () => {
        const changes = await lockDown.changesFor(setting, where)
        if (!changes.ok) return { setting, state: 'degraded', detail: changes.error.slice(0, 200) }
        for (const { key } of changes.value) wanted.add(key)
        for (const change of changes.value) {
          const wasSet = await this.set(hold, where, change)
          if (wasSet && hold.held.has(change.key)) {
            drifted += 1
            this.parts.log('lock-down drifted', change.key)
          }
          heldNow.add(change.key)
        }
        return { setting, state: 'held', detail: '' }
      })
      if (standing.state === 'failed') this.parts.log('lock-down failed', `${setting}: ${standing.detail}`)
      standings.push(standing)
    }
    hold.held = heldNow
    await this.putBackUnwanted(hold, wanted, standings)
    return { held: standings, drifted }
  }

  /** Journals what a setting was, sets it, and reads it back. True when it was otherwise than wanted. */
  private async set(hold: Hold, where: Where, change: Change): Promise<boolean> {
    const { journal, log } = this.parts
    const now = await change.read(where)
    const page = this.pageOf(hold.peer) ?? emptyPage(hold.peer, hold.session)
    if (!page.entries.some(({ key }) => key === change.key)) {
      journal.keep(withEntry(page, change.key, now))
      log('lock-down journalled', change.key)
    }
    if (now === change.wanted) return false
    await change.write(where, change.wanted)
    log('lock-down set', change.key)
    if ((await change.read(where)) !== change.wanted) throw new Error(`${change.key} did not take`)
    log('lock-down verified', change.key)
    return true
  }

  /** What the policy does not ask for any more goes back. While something failed nobody knows what that is. */
  private async putBackUnwanted(
    hold: Hold,
    wanted: ReadonlySet<string>,
    standings: readonly Held[]
  ): Promise<void> {
    if (standings.some(({ state }) => state === 'failed')) return
    const page = this.pageOf(hold.peer)
    if (page === null || page.entries.every(({ key }) => wanted.has(key))) return
    await this.putBack(page, [hold.session], (key) => !wanted.has(key))
  }

  /** Last changed, first back. What cannot be put back stays in the journal, and keeps nothing else from it. */
  private async putBack(
    page: Page,
    sessions: readonly DesktopSession[],
    which: (key: string) => boolean = () => true
  ): Promise<void> {
    let left = page
    const places = sessions.map((session) => once(() => this.parts.whereOf(page.peer, session)))
    for (const { key, before } of [...page.entries].reverse().filter((entry) => which(entry.key))) {
      const problem = await this.putBackOne(places, key, before)
      if (problem !== null) {
        this.parts.log('lock-down not put back', `${key}: ${problem}`)
        continue
      }
      left = withoutEntry(left, key)
      this.parts.journal.keep(left)
      this.parts.log('lock-down put back', key)
    }
  }

  /** Null once the setting is as it was, else why not. The desktop that it was changed on is tried first. */
  private async putBackOne(
    places: readonly (() => Promise<Where>)[],
    key: string,
    before: string | null
  ): Promise<string | null> {
    const { lockDown } = this.parts
    const change = lockDown.changeOf(key)
    if (change === null) return 'no setting of this program'
    let problem = 'nowhere to look'
    for (const place of places) {
      try {
        const where = await place()
        if (await lockDown.isGone(key, where)) return null
        if ((await change.read(where)) !== before) await change.write(where, before)
        if ((await change.read(where)) === before) return null
        problem = 'it did not take'
      } catch (error) {
        problem = messageOf(error)
      }
    }
    return problem
  }

  /** While something is left of nobody who holds it, it is tried again now and then. */
  private tryAgainLater(): void {
    const isLeft = this.parts.journal
      .left()
      .some((page) => !('damaged' in page) && !this.holds.has(nameOf(page.peer)))
    if (!isLeft && this.retry !== null) {
      clearTimeout(this.retry)
      this.retry = null
    }
    if (isLeft && !this.closing) this.retry ??= setTimeout(this.again, RETRY_MS).unref()
  }

  /** One try after the other: a slow one is not waited behind by the next. */
  private readonly again = (): void => {
    this.retry = null
    this.recover().catch((error: unknown) => {
      this.parts.log('lock-down not put back', messageOf(error))
      if (!this.closing) this.retry ??= setTimeout(this.again, RETRY_MS).unref()
    })
  }

  private next<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.turn.then(work)
    // Whoever asked hears of a failure; the next in turn does not wait for one.
    this.turn = mine.catch(() => undefined)
    return mine
  }
}

async function guarded(setting: SettingId, work: () => Promise<Held>): Promise<Held> {
  try {
    return await work()
  } catch (error) {
    // What is not there, a tool or an account, cannot hold anything.
    const isAbsent = error instanceof SourceError && error.kind === 'absent'
    return { setting, state: isAbsent ? 'degraded' : 'failed', detail: messageOf(error).slice(0, 200) }
  }
}

/** Asked for once, and only when it is wanted. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null
  return () => (asked ??= ask())
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'no answer')
