import type { ToCourier } from '../../contract/helper/courier'
import type { DeskSnapshot } from '../../contract/wire/v1/device'
import type { DeviceKey } from '../../device/contract/device-key'
import { Attestor, type Sensing } from './attestation/attestor'
import { FactsKeeper } from './enrolment/facts-keeper'
import { BreakGlassWatch } from './break-glass-watch'
import type { EnrolmentFacts } from './enrolment/facts'
import type { HubClient } from './hub/hub-client'
import type { OddAnswers } from './hub/odd-answers'
import { WakeWatch } from './hub/wake-watch'
import { OfflineDoor } from './offline/door'
import { keychainGeneration } from './offline/generation'
import { KeptFile } from './offline/kept'
import { OfflineStanding } from './offline/standing'
import { standingAt } from '../../core/trust/standing'
import { InstructionWatch } from './instruction-watch'
import { OwnAlerts } from './own-alerts'
import { ModelShelf } from './model/shelf'
import { ModelWatch } from './model/watch'
import type { Recorder } from './outbox/recorder'
import type { CourierParts, Sender } from './parts'
import { Session } from './session'
import { SessionWatch } from './session-watch'
import { Standing } from './standing'
import { Sync } from './sync/sync'
import { withTimeLimit } from './time-limit'
import { modelTrust } from './trust/model-trust'
import { TrustWatch } from './trust/watch'
import type { Policy } from '../../core/policy/policy'
import type { ModelEnvelope } from '../../core/model/envelope'

/** Looking through the models on the disk may take so long before the rest goes on without them, milliseconds. */
const MODELS_LIMIT_MS = 10_000

/** An enrolled workstation, and what main said of it so far. */
export interface RunningOptions {
  readonly parts: CourierParts
  readonly open: Extract<ToCourier, { kind: 'open' }>
  readonly facts: EnrolmentFacts
  readonly key: DeviceKey
  readonly sealing: Uint8Array
  readonly sender: Sender
  readonly recorder: Recorder
  /** A client with a line of its own. */
  readonly client: () => HubClient
  readonly odd: OddAnswers
  readonly told: () => { readonly desk: DeskSnapshot | null; readonly sensing: Sensing | null }
  readonly sayWaiting: () => void
}

/** What goes on between an enrolled workstation and its hub: sync, attestation, trust, models, session, waking line. */
export class Running {
  readonly session: Session
  readonly models: ModelWatch
  readonly attestor: Attestor
  readonly breakGlass: BreakGlassWatch
  readonly ownAlerts: OwnAlerts
  readonly #options: RunningOptions
  readonly #client: HubClient
  readonly #standing: Standing
  readonly #trust: TrustWatch
  readonly #sync: Sync
  readonly #instructions: InstructionWatch
  readonly #wakes: WakeWatch
  readonly #sessions: SessionWatch
  readonly #door: OfflineDoor
  readonly #offline: OfflineStanding
  #kept: readonly ModelEnvelope[] = []
  /** When somebody last touched keyboard or mouse, by the monotonic clock. */
  #inputAt: number

  constructor(options: RunningOptions) {
    const { parts, open, facts, key, sender, recorder } = options
    const { post, clock, random } = parts
    this.#options = options
    this.#inputAt = parts.clock.monotonic()
    this.#client = options.client()
    const client = this.#client
    this.#standing = new Standing(post, () => void this.session.signOut())
    this.#trust = new TrustWatch({
      keeper: new FactsKeeper(open.dataFolder, options.sealing, facts),
      client,
      clock,
      taken: (end) => {
        post({ kind: 'trust', ...end })
        this.#lookAtKeyClass()
      },
      rootChanged: () => void this.models.check(),
      refused: (problem) => post({ kind: 'policy-refused', problem })
    })
    this.#door = new OfflineDoor({
      file: new KeptFile(
        open.dataFolder,
        options.sealing,
        facts.device,
        keychainGeneration(parts.keychain(open.keychainService))
      ),
      circumstances: () => ({
        now: this.#trust.now(),
        policy: this.#policyNotLapsed(),
        program: this.attestor.program,
        trusted: this.#standing.isTrusted
      }),
      problem: (label) => post({ kind: 'offline', event: label.slice(0, 200) })
    })
    this.models = new ModelWatch({
      trust: () => modelTrust(this.#trust.trust, this.#trust.now()),
      client,
      clock,
      shelf: new ModelShelf(open.dataFolder),
      wanted: () => this.#trust.policy?.sensor.model ?? null,
      offer: (envelope) => post({ kind: 'model', model: envelope }),
      refused: (problem) => post({ kind: 'model-refused', problem: problem.slice(0, 200) })
    })
    this.attestor = new Attestor({
      client,
      key,
      hubUrl: facts.hubUrl,
      device: facts.device,
      boot: open.boot,
      sender,
      measure: () => parts.measureProgram(open.program),
      state: () => ({
        ...options.told(),
        person: this.session.person,
        recordSeq: recorder.store?.nextSeq ?? 0
      }),
      clock,
      refused: (error) => {
        void this.#door.suspend(true)
        // Rules that the hub knows otherwise: its number may have been given to another policy meanwhile.
        if (error.field === 'statement.thresholds' || error.field === 'statement.policyVersion')
          this.#trust.hurry()
        this.#standing.distrusted(error)
      },
      isHubThere: () => this.#standing.isHubThere,
      attested: () => {
        this.#lookAtKeyClass()
        this.#standing.believed()
        // The hub's belief takes back the hub's doubt; what the policy does not let in stays out.
        void this.#door.suspend(!this.#standing.isTrusted)
      },
      able: (problem) => post({ kind: 'attestation', problem: problem?.slice(0, 200) ?? null })
    })
    this.session = new Session({
      client,
      sender,
      post,
      attest: () => this.attestor.now(),
      changed: () => this.attestor.soon(),
      refusal: () => this.#standing.refusal,
      door: this.#door,
      now: () => this.#trust.now()
    })
    this.#offline = new OfflineStanding({
      client,
      sender,
      clock,
      session: this.session,
      door: this.#door,
      attest: () => this.attestor.now(),
      isHubThere: () => this.#standing.isHubThere,
      post
    })
    this.breakGlass = new BreakGlassWatch({
      client,
      said: (answers) => post({ kind: 'break-glass', answers: [...answers] })
    })
    this.#instructions = new InstructionWatch({
      client,
      said: (instructions) => post({ kind: 'instructions', instructions: [...instructions] })
    })
    this.ownAlerts = new OwnAlerts({ client, sender, post })
    this.#sessions = new SessionWatch({
      client,
      clock,
      // What the hub has not heard of is not in its book; whether it stays is asked first.
      said: (person) => {
        if (this.session.untold === null) post({ kind: 'session', person })
      }
    })
    this.#sync = new Sync({
      recorder,
      client,
      boot: open.boot,
      sender,
      clock,
      random,
      inputAgoMs: () =>
        this.#trust.policy?.session === undefined
          ? null
          : Math.max(0, Math.round(clock.monotonic() - this.#inputAt)),
      events: {
        reachable: () => {
          if (this.#standing.reachable()) {
            this.attestor.soon()
            this.#offline.ask()
            this.#sessions.ask()
            this.#instructions.ask()
          }
          void this.session.saySignOuts()
          this.#sessions.heartbeat()
          this.breakGlass.ask()
          this.#offline.heartbeat()
        },
        unreachable: (problem) => this.#standing.unreachable(problem),
        refused: (refusal) => {
          this.#standing.refused(refusal)
          void this.#door.forget()
        },
        policyVersion: (version) => this.#trust.heard(version),
        models: (offered) => this.models.heard(offered),
        attestWanted: () => void this.attestor.now(),
        waiting: options.sayWaiting,
        odd: (problem) => options.odd.tell('sync', problem)
      }
    })
    this.#wakes = new WakeWatch({
      client: options.client(),
      clock,
      woken: () => {
        this.#sync.wake()
        this.#offline.ask()
        this.#sessions.ask()
        this.breakGlass.ask()
        this.#instructions.ask()
      },
      odd: (problem) => options.odd.tell('wake', problem)
    })
  }

  /** Takes back what was kept. A workstation that was just enrolled asks the hub for the rest. */
  async prepare(): Promise<void> {
    const { post } = this.#options.parts
    post({ kind: 'progress', step: 'policy' })
    await this.#trust.open()
    await this.#door.open()
    // A disk that does not answer costs the installed models for now, not the desk's line to the hub.
    const looked = this.models.open()
    this.#kept = await withTimeLimit(looked, MODELS_LIMIT_MS, 'the disk did not answer').catch(() => {
      void looked.then((late) => late.forEach((model) => post({ kind: 'model', model })))
      return []
    })
  }

  /** Says that it is ready, and begins to speak to the hub of its own accord. */
  begin(): void {
    this.#sayReady()
    this.#lookAtKeyClass()
    const { desk } = this.#options.told()
    if (desk !== null) this.#sync.setDesk(desk)
    this.#sync.wake()
    this.attestor.begin()
    this.attestor.soon()
    this.#wakes.start()
    this.#offline.start()
  }

  /** Somebody touched keyboard or mouse. */
  touched(agoMs: number): void {
    this.#inputAt = Math.max(this.#inputAt, this.#options.parts.clock.monotonic() - agoMs)
  }

  setDesk(desk: DeskSnapshot): void {
    this.#sync.setDesk(desk)
  }

  /** A record that should not wait for the heartbeat is on the disk. */
  urgent(): void {
    this.attestor.giveWay()
    this.#sessions.giveWay()
    this.breakGlass.giveWay()
    this.#instructions.giveWay()
    this.#sync.wake()
  }

  /** Asks the hub for newer rules now. */
  reloadPolicy(): void {
    this.#trust.hurry()
  }

  /** Delivers what can be delivered within the limit, then asks nothing any more. */
  async finish(limitMs: number): Promise<void> {
    await this.#sync.drain(limitMs)
    this.#sync.stop()
    this.attestor.stop()
    this.#offline.stop()
    await this.#wakes.stop()
    await this.#door.settled()
    await this.#trust.close()
  }

  async close(): Promise<void> {
    await this.#client.close()
  }

  /** The policy in force as long as it is current: what lapsed lets nobody in anew. */
  #policyNotLapsed(): Policy | null {
    const { trust } = this.#trust
    if (trust === null || standingAt(trust, this.#trust.now())?.kind !== 'current') return null
    return this.#trust.policy
  }

  /** The policy wants keys in hardware: held to here as well, since the hub that should is not trusted with it. */
  #lookAtKeyClass(): void {
    const isWanting = this.#trust.policy?.device?.keyClass === 'tpm' && this.#options.key.keyClass !== 'tpm'
    const takenBack = this.#standing.doubt(
      isWanting
        ? {
            detail: 'The policy wants the key in a TPM. Ask IT to enrol this workstation again.',
            label: 'the policy wants the key in a TPM, it is in the keychain'
          }
        : null
    )
    if (takenBack) this.attestor.soon()
  }

  #sayReady(): void {
    const { parts, facts } = this.#options
    const { trust } = this.#trust
    parts.post({
      kind: 'ready',
      device: facts.device,
      organisation: facts.organisation,
      team: facts.team,
      policyRoot: facts.policyRoot,
      hub: authorityOf(facts.hubUrl),
      trust: {
        root: trust?.root.envelope ?? null,
        snapshot: trust?.snapshot?.envelope ?? null,
        timeSeen: this.#trust.now()
      },
      policy: trust?.policy?.envelope ?? null,
      models: [...this.#kept]
    })
  }
}

function authorityOf(hubUrl: string): string {
  const { hostname, port } = new URL(hubUrl)
  return `${hostname}:${port === '' ? '443' : port}`
}
