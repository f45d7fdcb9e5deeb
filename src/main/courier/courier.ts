import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { Flavour } from '../../core/flavour'
import { assertNever } from '../../core/result'
import { Backlog, type Pending } from './outbox/backlog'
import { enrolWorkstation } from './enrolment/enroller'
import type { EnrolmentFacts } from './enrolment/facts'
import { FactsKeeper } from './enrolment/facts-keeper'
import { Attestor, type Sensing } from './attestation/attestor'
import { isLasting } from './attestation/refusal'
import type { Clock } from './hub/clock'
import { HubClient, type Speaker } from './hub/hub-client'
import type { Line } from './hub/line'
import { RequestNumbers } from './hub/request-numbers'
import { WakeWatch } from './hub/wake-watch'
import type { DeviceKey, KeyStore } from '../../device/contract/device-key'
import type { Keychain } from './keys/keychain'
import { KeyRing } from './keys/open-keys'
import { openIdentity } from './opening'
import { ModelShelf } from './model/shelf'
import { ModelWatch } from './model/watch'
import { Recorder } from './outbox/recorder'
import { Session } from './session'
import { Sync } from './sync/sync'
import { modelTrust } from './trust/model-trust'
import { TrustWatch } from './trust/watch'
import { withTimeLimit } from './time-limit'

/** Everything the courier takes from its surroundings. */
export interface CourierParts {
  readonly post: (message: FromCourier) => void
  readonly keychain: (service: string) => Keychain
  readonly openLine: (hubCa: string) => Line
  readonly clock: Clock
  /** In [0, 1). */
  readonly random: () => number
  readonly flavour: Flavour
  readonly keychainLimitMs?: number
  /** Where keys can be made in hardware; null without one. */
  readonly hardwareKeys: () => Promise<KeyStore | null>
  /** SHA-256 over the running program, hex. Throws when it cannot be measured. */
  readonly measureProgram: (path: string) => string
}

/** How the hub last answered, as far as it was said. */
type HubStanding =
  | { readonly state: 'unknown' | 'refused' }
  | { readonly state: 'reachable' }
  | { readonly state: 'unreachable'; readonly problem: string }

type Open = Extract<ToCourier, { kind: 'open' }>

/** Records that came before the outbox was open, bounded like those that wait for the disk. */
const EARLY_BYTES = 1024 * 1024
/** Looking through the models on the disk may take so long before the rest goes on without them, milliseconds. */
const MODELS_LIMIT_MS = 10_000

/**
 * Holds the keys, the outbox and the line to the hub. Takes one message at a time from main and never answers with an
 * exception: what fails is posted.
 */
export class Courier {
  private opening = false
  private recorder: Recorder | null = null
  private client: HubClient | null = null
  private sync: Sync | null = null
  private session: Session | null = null
  private models: ModelWatch | null = null
  private trust: TrustWatch | null = null
  private attestor: Attestor | null = null
  private wakes: WakeWatch | null = null
  private hardware: KeyStore | null = null
  private sensing: Sensing | null = null
  private hub: HubStanding = { state: 'unknown' }
  private waitingSaid = -1
  private closed = false
  private readonly early = new Backlog(EARLY_BYTES)

  private readonly numbers: RequestNumbers

  constructor(private readonly parts: CourierParts) {
    this.numbers = new RequestNumbers(() => this.recorder?.store ?? null, parts.clock)
  }

  /** Handles one message. Resolves when its answer, if it has one, was posted. */
  async handle(message: ToCourier): Promise<void> {
    switch (message.kind) {
      case 'open':
        return this.start(message)
      case 'record': {
        const { handle, at, monoMs, body } = message
        this.record({ handle, at, monoMs, body })
        return
      }
      case 'desk':
        this.desk = message.desk
        this.sync?.setDesk(message.desk)
        return
      case 'sensing': {
        const { model, modelHash, thresholds } = message
        this.sensing = { model, modelHash, thresholds }
        this.attestor?.soon()
        return
      }
      case 'sign-in':
        return this.signIn(message)
      case 'sign-out':
        return this.session?.signOut()
      case 'check-models':
        return this.models?.check()
      case 'close':
        return this.close(message.limitMs)
      default:
        return assertNever(message)
    }
  }

  private desk: Extract<ToCourier, { kind: 'desk' }>['desk'] | null = null

  private record(pending: Pending): void {
    if (this.recorder !== null) {
      this.recorder.record(pending)
      return
    }
    this.early.add(pending)
    this.parts.post({ kind: 'not-recorded', handle: pending.handle, problem: 'the outbox is not open yet' })
  }

  /** Opens everything. Asked again after a refusal, it tries again what was refused. */
  private async start(open: Open): Promise<void> {
    if (this.opening || this.sync !== null || this.closed) return
    this.opening = true
    try {
      await this.startWith(open)
    } finally {
      this.opening = false
    }
  }

  private async startWith(open: Open): Promise<void> {
    const { post } = this.parts
    post({ kind: 'progress', step: 'keychain' })
    const hardware = (this.hardware ??= await this.parts.hardwareKeys())
    const keys = new KeyRing(this.parts.keychain(open.keychainService), this.parts.keychainLimitMs, hardware)
    const opening = await openIdentity(open.dataFolder, keys)
    if (!opening.ok) {
      post({ kind: 'refused', ...opening.error })
      return
    }
    const { sealing, identity } = opening.value
    if (!(await this.openRecorder(open, sealing))) return
    if (!identity.ok) {
      post({ kind: 'refused', ...identity.error })
      return
    }
    if (identity.value.kind === 'enrolled') {
      await this.begin(open, identity.value.facts, identity.value.key, sealing)
      return
    }
    post({ kind: 'progress', step: 'hub' })
    const { ticket } = identity.value
    const enrolled = await enrolWorkstation({
      dataFolder: open.dataFolder,
      ticket,
      keys,
      sealing,
      sender: this.sender(open),
      clientFor: (key) => this.clientFor(open, ticket, key, ''),
      refused: (refused) => {
        post({ kind: 'refused', ...refused })
      },
      random: this.parts.random,
      stopped: () => this.closed
    })
    if (enrolled !== null && !this.closed) await this.begin(open, enrolled.facts, enrolled.key, sealing)
  }

  private async openRecorder(open: Open, sealing: Uint8Array): Promise<boolean> {
    if (this.recorder !== null) return true
    const { clock, post } = this.parts
    const recorder = new Recorder(
      {
        folder: open.dataFolder,
        boot: open.boot,
        sealing,
        now: () => new Date(clock.wall()).toISOString(),
        monotonic: clock.monotonic
      },
      {
        recorded: (handle, seq, body) => {
          post({ kind: 'recorded', handle, seq })
          if (body.kind === 'event') return
          this.attestor?.giveWay()
          this.sync?.wake()
        },
        notRecorded: (handle, problem) =>
          post({ kind: 'not-recorded', handle, problem: problem.slice(0, 300) }),
        waiting: (count) => this.sayWaiting(count)
      }
    )
    const opened = await recorder.open()
    if (!opened.ok) {
      post({ kind: 'refused', reason: 'outbox-unreadable', detail: opened.error.detail.slice(0, 300) })
      return false
    }
    this.recorder = recorder
    for (let next = this.early.peek(); next !== null; next = this.early.peek()) {
      this.early.shift()
      recorder.record(next)
    }
    return true
  }

  private async begin(open: Open, facts: EnrolmentFacts, key: DeviceKey, sealing: Uint8Array): Promise<void> {
    const { post, clock, random } = this.parts
    const recorder = this.recorder
    if (recorder === null) return
    const client = this.clientFor(open, facts, key, facts.device)
    const attestor = this.attestorFor(open, facts, key, client, () => ready())
    const session = new Session(
      client,
      this.sender(open),
      post,
      () => attestor.now(),
      () => attestor.soon()
    )
    const keeper = new FactsKeeper(open.dataFolder, sealing, facts)
    const trust = new TrustWatch({
      keeper,
      client,
      clock,
      taken: (end) => post({ kind: 'trust', ...end }),
      rootChanged: () => void this.models?.check(),
      refused: (problem) => post({ kind: 'policy-refused', problem })
    })
    const models = new ModelWatch({
      trust: () => modelTrust(trust.trust, trust.now()),
      client,
      clock,
      shelf: new ModelShelf(open.dataFolder),
      wanted: () => trust.policy?.sensor.model ?? null,
      offer: (envelope) => post({ kind: 'model', model: envelope }),
      refused: (problem) => post({ kind: 'model-refused', problem: problem.slice(0, 200) })
    })
    post({ kind: 'progress', step: 'policy' })
    await trust.open()
    // A disk that does not answer costs the installed models for now, not the desk's line to the hub.
    const looked = models.open()
    const kept = await withTimeLimit(looked, MODELS_LIMIT_MS, 'the disk did not answer').catch(() => {
      void looked.then((late) => late.forEach((model) => post({ kind: 'model', model })))
      return []
    })
    if (this.closed) return
    const ready = (): void =>
      post({
        kind: 'ready',
        device: facts.device,
        organisation: facts.organisation,
        team: facts.team,
        policyRoot: facts.policyRoot,
        hub: authorityOf(facts.hubUrl),
        trust: {
          root: trust.trust?.root.envelope ?? null,
          snapshot: trust.trust?.snapshot?.envelope ?? null,
          timeSeen: trust.now()
        },
        policy: trust.trust?.policy?.envelope ?? null,
        models: [...kept]
      })
    this.models = models
    this.trust = trust
    this.client = client
    this.session = session
    this.attestor = attestor
    this.sync = new Sync({
      recorder,
      client,
      boot: open.boot,
      sender: this.sender(open),
      clock,
      random,
      events: {
        reachable: () => {
          if (this.hub.state === 'refused') ready()
          if (this.hub.state !== 'reachable') attestor.soon()
          this.sayHub({ state: 'reachable' })
          void session.saySignOuts()
        },
        unreachable: (problem) => this.sayHub({ state: 'unreachable', problem }),
        refused: (refusal) => {
          if (this.hub.state !== 'refused') post({ kind: 'refused', ...refusal })
          this.hub = { state: 'refused' }
        },
        policyVersion: (version) => trust.heard(version),
        models: (offered) => models.heard(offered),
        attestWanted: () => void attestor.now(),
        waiting: () => this.sayWaiting(recorder.waiting)
      }
    })
    ready()
    if (this.desk !== null) this.sync.setDesk(this.desk)
    this.sync.wake()
    attestor.soon()
    this.wakes = new WakeWatch({
      client: this.clientFor(open, facts, key, facts.device),
      woken: () => this.sync?.wake()
    })
    this.wakes.start()
  }

  private distrusted = false

  private attestorFor(
    open: Open,
    facts: EnrolmentFacts,
    key: DeviceKey,
    client: HubClient,
    believed: () => void
  ): Attestor {
    return new Attestor({
      client,
      key,
      hubUrl: facts.hubUrl,
      device: facts.device,
      boot: open.boot,
      sender: this.sender(open),
      measure: () => this.parts.measureProgram(open.program),
      state: () => ({
        desk: this.desk,
        sensing: this.sensing,
        person: this.session?.person ?? null,
        recordSeq: this.recorder?.store?.nextSeq ?? 0
      }),
      clock: this.parts.clock,
      refused: (error) => {
        // What only says that the desk is not ready yet, or that a nonce got lost, is asked again and nobody's matter.
        if (!isLasting(error)) return
        const detail = `${error.message} (${error.field ?? error.code})`.slice(0, 300)
        if (!this.distrusted) this.parts.post({ kind: 'refused', reason: 'attestation-refused', detail })
        this.distrusted = true
      },
      isHubThere: () => this.hub.state !== 'unreachable',
      attested: () => {
        if (this.distrusted) believed()
        this.distrusted = false
      }
    })
  }

  private clientFor(
    open: Open,
    hub: { readonly hubUrl: string; readonly hubCa: string },
    key: DeviceKey,
    device: string
  ): HubClient {
    const { openLine, clock } = this.parts
    return new HubClient(openLine(hub.hubCa), hub.hubUrl, this.speaker(key, device, open.boot), clock)
  }

  private sender(open: Open): { readonly flavour: Flavour; readonly build: string } {
    return { flavour: this.parts.flavour, build: open.build }
  }

  private speaker(key: DeviceKey, device: string, boot: string): Speaker {
    return { key, device, boot, nextSeq: () => this.numbers.next(), skipSeq: () => this.numbers.skip() }
  }

  private async signIn(message: Extract<ToCourier, { kind: 'sign-in' }>): Promise<void> {
    if (this.session !== null) return this.session.signIn(message)
    this.parts.post({ kind: 'sign-in-refused', handle: message.handle, reason: 'hub-unreachable' })
  }

  private async close(limitMs: number): Promise<void> {
    await this.sync?.drain(limitMs)
    this.closed = true
    this.sync?.stop()
    this.attestor?.stop()
    await this.wakes?.stop()
    const waiting = this.recorder?.waiting ?? this.early.size
    await this.trust?.close()
    await this.recorder?.close()
    await this.client?.close()
    await this.hardware?.close()
    this.parts.post({ kind: 'closed', waiting })
  }

  private sayHub(hub: Extract<HubStanding, { state: 'reachable' | 'unreachable' }>): void {
    const before = this.hub
    this.hub = hub
    const problem = hub.state === 'unreachable' ? hub.problem : ''
    const known = before.state === 'unreachable' ? before.problem : ''
    if (before.state === hub.state && known === problem) return
    this.parts.post({ kind: 'hub', state: hub.state, problem: problem.slice(0, 300) })
  }

  private sayWaiting(count: number): void {
    if (count === this.waitingSaid) return
    this.waitingSaid = count
    this.parts.post({ kind: 'waiting', count })
  }
}

function authorityOf(hubUrl: string): string {
  const { hostname, port } = new URL(hubUrl)
  return `${hostname}:${port === '' ? '443' : port}`
}
