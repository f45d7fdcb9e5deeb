import type { ToCourier } from '../../contract/helper/courier'
import type { DeskSnapshot } from '../../contract/wire/v1/device'
import { assertNever } from '../../core/result'
import type { DeviceKey, KeyStore } from '../../device/contract/device-key'
import type { Sensing } from './attestation/attestor'
import { enrolWorkstation } from './enrolment/enroller'
import type { EnrolmentFacts } from './enrolment/facts'
import { HubClient } from './hub/hub-client'
import { OddAnswers } from './hub/odd-answers'
import { RequestNumbers } from './hub/request-numbers'
import { KeyRing } from './keys/open-keys'
import { openIdentity } from './opening'
import { RecordIntake } from './outbox/intake'
import type { Recorder } from './outbox/recorder'
import type { CourierParts, Sender } from './parts'
import { Running } from './running'

type Open = Extract<ToCourier, { kind: 'open' }>

/**
 * Holds the keys, the outbox and the line to the hub. Takes one message at a time from main and never answers with an
 * exception: what fails is posted.
 */
export class Courier {
  readonly #intake: RecordIntake
  readonly #numbers: RequestNumbers
  readonly #odd: OddAnswers
  #opening = false
  #closed = false
  #running: Running | null = null
  #hardware: KeyStore | null = null
  #desk: DeskSnapshot | null = null
  #sensing: Sensing | null = null
  /** Whether the desk waits for an answer to a request of break-glass. */
  #waiting = false

  constructor(private readonly parts: CourierParts) {
    this.#intake = new RecordIntake({ parts, urgent: () => this.#running?.urgent() })
    this.#numbers = new RequestNumbers(() => this.#intake.recorder?.store ?? null)
    this.#odd = new OddAnswers((problem) => parts.post({ kind: 'hub-odd', problem }))
  }

  /** Handles one message. Resolves when its answer, if it has one, was posted. */
  async handle(message: ToCourier): Promise<void> {
    switch (message.kind) {
      case 'open':
        return this.#start(message)
      case 'record': {
        const { handle, at, monoMs, body } = message
        this.#intake.record({ handle, at, monoMs, body })
        return
      }
      case 'desk':
        this.#desk = message.desk
        this.#running?.setDesk(message.desk)
        return
      case 'sensing': {
        const { model, modelHash, thresholds } = message
        this.#sensing = { model, modelHash, thresholds }
        this.#running?.attestor.soon()
        return
      }
      case 'sign-in':
        if (this.#running !== null) return this.#running.session.signIn(message)
        this.parts.post({ kind: 'sign-in-refused', handle: message.handle, reason: 'hub-unreachable' })
        return
      case 'sign-out':
        return this.#running?.session.signOut()
      case 'check-models':
        return this.#running?.models.check()
      case 'reload-policy':
        this.#running?.reloadPolicy()
        return
      case 'break-glass':
        this.#waiting = message.waiting
        return this.#running?.breakGlass.setWaiting(message.waiting)
      case 'input':
        return this.#running?.touched(message.agoMs)
      case 'own-alerts':
        if (this.#running !== null) return this.#running.ownAlerts.list(message)
        this.parts.post({ kind: 'own-alerts', handle: message.handle, alerts: null })
        return
      case 'appeal':
        if (this.#running !== null) return this.#running.ownAlerts.appeal(message)
        this.parts.post({ kind: 'appealed', handle: message.handle, outcome: 'hub-unreachable' })
        return
      case 'close':
        return this.#close(message.limitMs)
      default:
        return assertNever(message)
    }
  }

  /** Opens everything. Asked again after a refusal, it tries again what was refused. */
  async #start(open: Open): Promise<void> {
    if (this.#opening || this.#running !== null || this.#closed) return
    this.#opening = true
    try {
      await this.#startWith(open)
    } finally {
      this.#opening = false
    }
  }

  async #startWith(open: Open): Promise<void> {
    const { post } = this.parts
    post({ kind: 'progress', step: 'keychain' })
    const hardware = (this.#hardware ??= await this.parts.hardwareKeys())
    const keys = new KeyRing(this.parts.keychain(open.keychainService), this.parts.keychainLimitMs, hardware)
    const opening = await openIdentity(open.dataFolder, keys)
    if (!opening.ok) {
      post({ kind: 'refused', ...opening.error })
      return
    }
    const { sealing, identity } = opening.value
    const recorder = await this.#intake.open(open, sealing)
    if (!recorder.ok) {
      post({ kind: 'refused', reason: 'outbox-unreadable', detail: recorder.error.slice(0, 300) })
      return
    }
    if (!identity.ok) {
      post({ kind: 'refused', ...identity.error })
      return
    }
    if (identity.value.kind === 'enrolled') {
      await this.#begin(open, identity.value.facts, identity.value.key, sealing, recorder.value)
      return
    }
    post({ kind: 'progress', step: 'hub' })
    const { ticket } = identity.value
    const enrolled = await enrolWorkstation({
      dataFolder: open.dataFolder,
      ticket,
      keys,
      sealing,
      sender: this.#sender(open),
      clientFor: (key) => this.#clientFor(open, ticket, key, ''),
      refused: (refused) => {
        post({ kind: 'refused', ...refused })
      },
      odd: (problem) => this.#odd.tell('enrol', problem),
      random: this.parts.random,
      stopped: () => this.#closed
    })
    if (enrolled !== null && !this.#closed)
      await this.#begin(open, enrolled.facts, enrolled.key, sealing, recorder.value)
  }

  async #begin(
    open: Open,
    facts: EnrolmentFacts,
    key: DeviceKey,
    sealing: Uint8Array,
    recorder: Recorder
  ): Promise<void> {
    const running = new Running({
      parts: this.parts,
      open,
      facts,
      key,
      sealing,
      sender: this.#sender(open),
      recorder,
      client: () => this.#clientFor(open, facts, key, facts.device),
      odd: this.#odd,
      told: () => ({ desk: this.#desk, sensing: this.#sensing }),
      sayWaiting: () => this.#intake.sayWaiting(recorder.waiting)
    })
    await running.prepare()
    if (this.#closed) return running.close()
    this.#running = running
    running.breakGlass.setWaiting(this.#waiting)
    running.begin()
  }

  #clientFor(
    open: Open,
    hub: { readonly hubUrl: string; readonly hubCa: string },
    key: DeviceKey,
    device: string
  ): HubClient {
    const { openLine, clock } = this.parts
    const speaker = {
      key,
      device,
      boot: open.boot,
      nextSeq: () => this.#numbers.next(),
      skipSeq: () => this.#numbers.skip()
    }
    return new HubClient(openLine(hub.hubCa), hub.hubUrl, speaker, clock, this.#odd)
  }

  #sender(open: Open): Sender {
    return { flavour: this.parts.flavour, build: open.build }
  }

  async #close(limitMs: number): Promise<void> {
    const running = this.#running
    if (running !== null) await running.finish(limitMs)
    this.#closed = true
    const { waiting } = this.#intake
    await this.#intake.recorder?.close()
    await running?.close()
    await this.#hardware?.close()
    this.parts.post({ kind: 'closed', waiting })
  }
}
