import type { SiteDenial } from '../../contract/ipc/schema'
import type { Refused } from '../hardening/contents'

/** How long a person is told of a denial after the last of its kind, milliseconds. */
export const TOLD_MS = 20_000

export interface DenialsOptions {
  readonly changed: (denials: readonly SiteDenial[]) => void
  /** Runs `act` after so many milliseconds, and returns what calls it off. */
  readonly later: (act: () => void, ms: number) => () => void
}

const refusedAs: Readonly<Record<Refused, SiteDenial['why']>> = {
  window: 'window',
  webview: 'part',
  navigation: 'navigation',
  frame: 'part',
  redirect: 'navigation'
}
/** What a person is told of something that a page tried. */
export const whyOfRefused = (what: Refused): SiteDenial['why'] => refusedAs[what]

/** What a person is told of a permission that a page asked for; no kinds of media: it was about something else. */
export const whyOfPermission = (media: readonly string[]): SiteDenial['why'] =>
  media.includes('video') ? 'camera' : media.includes('audio') ? 'microphone' : 'permission'

/** Runs `act` after so many milliseconds; what it returns calls it off. */
export const later = (act: () => void, ms: number): (() => void) => {
  const timer = setTimeout(act, ms)
  return () => clearTimeout(timer)
}

/** The host of a URL, without path, query or user; what cannot be read has no host. */
export const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host.slice(0, 260) : '')

interface Told {
  readonly denial: SiteDenial
  readonly forget: () => void
}

/**
 * What the pages of the workspace were denied, for the person: one line for each reason, with the host that was denied
 * last and how often. Never a path or a query. Each line goes by itself.
 */
export class Denials {
  readonly #options: DenialsOptions
  readonly #told = new Map<SiteDenial['why'], Told>()

  constructor(options: DenialsOptions) {
    this.#options = options
  }

  get now(): readonly SiteDenial[] {
    return [...this.#told.values()].map(({ denial }) => denial)
  }

  add(why: SiteDenial['why'], host: string): void {
    const before = this.#told.get(why)
    before?.forget()
    this.#told.set(why, {
      denial: { why, host: host.slice(0, 260), count: (before?.denial.count ?? 0) + 1 },
      forget: this.#options.later(() => {
        this.#told.delete(why)
        this.#options.changed(this.now)
      }, TOLD_MS)
    })
    this.#options.changed(this.now)
  }

  /** The session, or the application that was denied it, is over. */
  clear(): void {
    if (this.#told.size === 0) return
    for (const { forget } of this.#told.values()) forget()
    this.#told.clear()
    this.#options.changed([])
  }
}
