import type { OfferedModel } from '../../../contract/wire/v1/model'
import type { ModelChoice } from '../../../core/model/choose'
import { openModelEnvelope, type ModelEnvelope } from '../../../core/model/envelope'
import type { ModelManifest } from '../../../core/model/manifest'
import { verifyEd25519 } from '../../policy/verify'
import type { Clock } from '../hub/clock'
import type { HubClient } from '../hub/hub-client'
import { fetchOffered, type FetchedModel, type ModelTrust } from './fetch'
import type { ModelShelf } from './shelf'

/** A model that cannot be had is asked for again after this; doubled each time, at most the second. Milliseconds. */
const RETRY_MS = { first: 10_000, most: 600_000 }
/** Whole versions of one name that are kept: the newest, and the last good one before it. */
const KEPT_VERSIONS = 2

export interface ModelWatchOptions {
  /** Under whose signatures models are taken; null while nothing is trusted. */
  readonly trust: () => ModelTrust | null
  readonly client: Pick<HubClient, 'call'>
  readonly clock: Clock
  readonly shelf: ModelShelf
  /** What the policy that is kept says of the model, null when it says nothing. */
  readonly wanted: () => ModelChoice | null
  /** A model that is whole on this disk. Main verifies its signature again and decides. */
  readonly offer: (envelope: ModelEnvelope) => void
  /** The hub handed out something that is not IT's, or this disk holds something that is not. For the record. */
  readonly refused: (problem: string) => void
}

/**
 * Brings the model that the policy names to this disk, from a hub that is not trusted with it. Fetches in the
 * background, one piece at a time, so that alerts go between; a refused one changes nothing.
 */
export class ModelWatch {
  /** Versions that the root signed and whose files are whole, by name. */
  private readonly whole = new Map<string, FetchedModel[]>()
  /** The newest version of each name that the root signed, whole or not: nothing older is taken from the hub. */
  private readonly known = new Map<string, FetchedModel>()
  private running = false
  private failures = 0
  private nextTry = Number.NEGATIVE_INFINITY
  private readonly said = new Set<string>()

  constructor(private readonly options: ModelWatchOptions) {}

  /** Looks through what is kept. Answers the envelopes of the models that are whole. Never rejects. */
  async open(): Promise<readonly ModelEnvelope[]> {
    const { shelf, refused } = this.options
    const found: FetchedModel[] = []
    this.known.clear()
    try {
      await shelf.prepare()
      for (const envelope of await shelf.kept()) {
        const opened = this.verified(envelope)
        if (opened === null) {
          refused('a kept manifest is not signed by the pinned key')
          continue
        }
        this.know(opened)
        if (await this.isWhole(opened.manifest)) found.push(opened)
      }
    } catch (error) {
      refused(`the models on the disk cannot be read: ${error instanceof Error ? error.message : ''}`)
    }
    this.whole.clear()
    for (const model of found) this.note(model)
    return found.map(({ envelope }) => envelope)
  }

  /** Main found a kept file altered: what is still whole is offered again, the rest is fetched at the next heartbeat. */
  async check(): Promise<void> {
    this.nextTry = Number.NEGATIVE_INFINITY
    for (const envelope of await this.open()) this.options.offer(envelope)
  }

  /** Called with what the hub hands out. Returns at once; a fetch goes on behind. */
  heard(models: readonly OfferedModel[]): void {
    const { clock, wanted } = this.options
    const choice = wanted()
    const offered = choice === null ? undefined : this.newestOf(choice.name, models)
    if (choice === null || offered === undefined || offered.version < choice.minVersion) return
    const have = this.whole.get(offered.name)?.[0]?.manifest.version ?? 0
    if (offered.version <= have || this.running || clock.monotonic() < this.nextTry) return
    this.running = true
    void this.fetch(offered).finally(() => {
      this.running = false
    })
  }

  /** The version to have: the one that a snapshot names, where there is a role for snapshots, else what is handed out. */
  private newestOf(name: string, models: readonly OfferedModel[]): OfferedModel | undefined {
    const named = this.options.trust()?.named
    return (named ?? models).find((one) => one.name === name)
  }

  private async fetch(offered: OfferedModel): Promise<void> {
    const { client, shelf, clock, offer } = this.options
    const trust = this.options.trust()
    if (trust === null) return
    const outcome = await fetchOffered(
      {
        client,
        shelf,
        trust,
        trusted: (name) => {
          const newest = this.known.get(name)
          return newest ? { version: newest.manifest.version, payload: newest.envelope.payload } : null
        }
      },
      offered
    )
    if (!outcome.ok) {
      const pause = Math.min(RETRY_MS.most, RETRY_MS.first * 2 ** this.failures)
      this.failures += 1
      this.nextTry = clock.monotonic() + pause
      if (outcome.error.kind === 'refused')
        this.refuseOnce(`${offered.name} version ${offered.version}: ${outcome.error.problem}`)
      return
    }
    this.failures = 0
    this.note(outcome.value)
    offer(outcome.value.envelope)
    // What stays too long costs space and nothing else.
    await shelf.sweep([...this.whole.values()].flat().map(({ manifest }) => manifest)).catch(() => undefined)
  }

  /** A hub that offers the same wrong thing again and again is one record. */
  private refuseOnce(problem: string): void {
    if (this.said.has(problem)) return
    this.said.add(problem)
    this.options.refused(problem)
  }

  private async isWhole({ name, version, files }: ModelManifest): Promise<boolean> {
    for (const file of files) {
      if (await this.options.shelf.holds(file)) continue
      this.options.refused(`${name} version ${version}: ${file.path} on this disk is not what was signed`)
      return false
    }
    return true
  }

  private verified(envelope: ModelEnvelope): FetchedModel | null {
    const trust = this.options.trust()
    if (trust === null) return null
    const opened = openModelEnvelope(envelope, trust.role, trust.organisation, () => null, verifyEd25519)
    return opened.ok ? { manifest: opened.value.manifest, envelope } : null
  }

  private know(model: FetchedModel): void {
    const { name, version } = model.manifest
    if (version > (this.known.get(name)?.manifest.version ?? 0)) this.known.set(name, model)
  }

  private note(model: FetchedModel): void {
    this.know(model)
    const { name, version } = model.manifest
    const others = (this.whole.get(name) ?? []).filter((one) => one.manifest.version !== version)
    const sorted = [...others, model].sort((a, b) => b.manifest.version - a.manifest.version)
    this.whole.set(name, sorted.slice(0, KEPT_VERSIONS))
  }
}
