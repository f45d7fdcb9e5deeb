import { randomUUID } from 'node:crypto'
import type { FromCourier, ToCourier } from '../../contract/helper/courier'
import type { SignInResult } from '../../contract/ipc/schema'
import type { ModelEnvelope } from '../../core/model/envelope'
import type { PolicyEnvelope } from '../../core/policy/envelope'
import { assertNever } from '../../core/result'
import type { SigningRole } from '../../core/trust/signed'
import type { Desk } from './desk'
import { stepOfRefusal } from './facts'
import { Instructions } from './instructions'
import { OwnRecord } from './own-record'

/** An answer to a sign-in that never comes counts as an absent hub after this, milliseconds. */
const SIGN_IN_LIMIT_MS = 20_000

export interface CourierLinkOptions {
  readonly desk: Desk
  /** Sends to the courier; false when it is not running. */
  readonly post: (message: ToCourier) => boolean
  /** Asks the courier to open again what it refused. */
  readonly reopen: () => void
  /** What installed models are told of; none before there are any. */
  readonly models?: ModelReceiver
  /** `host:port` of the hub, once it is known. */
  readonly hubAt?: (authority: string) => void
}

/** The part of the installed models that the courier speaks to. */
export interface ModelReceiver {
  trust(role: SigningRole, organisation: string): void
  offer(envelope: ModelEnvelope): void
  refused(problem: string): void
}

/** What a person mends outside the program: a keychain that is unlocked, a ticket that arrives. Looked for again. */
const retried: readonly string[] = ['no-keychain', 'not-enrolled']
const RETRY_MS = 5000
type Cleared = Extract<FromCourier, { kind: 'cleared' }>['what']
type Refusal = Extract<FromCourier, { kind: 'refused' }>['reason']

/**
 * What ends a shift at once and lets nobody in until it is cleared: the hub will not have this device, or does not
 * believe it. With what a sign-in that is on its way is answered.
 */
const shutOut = {
  revoked: { what: 'device', answer: 'revoked' },
  quarantined: { what: 'device', answer: 'quarantined' },
  'attestation-refused': { what: 'attestation', answer: 'not-attested' }
} as const satisfies Partial<Record<Refusal, { what: Cleared; answer: string }>>
const isShutOut = (reason: Refusal): reason is keyof typeof shutOut => reason in shutOut

/** Between desk and courier: turns its messages into facts, and the person's requests into messages. */
export class CourierLink {
  readonly #desk: Desk
  readonly #post: CourierLinkOptions['post']
  readonly #reopen: () => void
  readonly #models: ModelReceiver | undefined
  readonly #hubAt: CourierLinkOptions['hubAt']
  #again: NodeJS.Timeout | undefined
  #asked: {
    readonly handle: string
    readonly email: string
    readonly answer: (result: SignInResult) => void
  } | null = null
  #closed: (() => void) | null = null
  #ready = false
  /** Kept over the end of a courier: the next one clears it, when the hub has spoken to it. */
  readonly #out = new Map<Cleared, (typeof shutOut)[keyof typeof shutOut]['answer']>()
  #organisation = ''
  readonly #instructions: Instructions
  /** What the hub has about who is signed in. */
  readonly ownRecord: OwnRecord

  constructor(options: CourierLinkOptions) {
    this.#desk = options.desk
    this.#post = options.post
    this.#reopen = options.reopen
    this.#models = options.models
    this.#hubAt = options.hubAt
    const { desk } = options
    this.#instructions = new Instructions({
      allowed: () => (desk.facts.policy === null ? null : desk.facts.policy.supervision?.instructions),
      isSignedIn: () => desk.state.person !== null,
      lock: () => desk.supervisorLock(true),
      unlock: () => desk.supervisorLock(false),
      endSession: () => {
        this.signOut()
        desk.update({ notice: 'session-ended' })
      },
      lookAgain: () => desk.lookAgain(),
      reloadPolicy: () => void this.#post({ kind: 'reload-policy' }),
      support: (by) => desk.support.begin(by),
      record: (body) => void desk.recorder.record(body),
      told: (told) => desk.update({ told })
    })
    this.ownRecord = new OwnRecord(
      (message) => this.#ready && this.#post(message),
      () => this.#desk.state.person !== null
    )
  }

  receive(message: FromCourier): void {
    const desk = this.#desk
    switch (message.kind) {
      case 'progress':
        desk.step(message.step, 'working')
        // The outbox is open: what an enrolment that fails leaves behind is kept for the one that does not.
        if (message.step === 'hub') desk.recorder.courierReady((record) => this.#post(record))
        if (message.step === 'hub' && desk.facts.phase === 'starting') desk.update({ phase: 'enrolling' })
        return
      case 'ready':
        // It has the records already if it says so again.
        if (!this.#ready) desk.recorder.courierReady((record) => this.#post(record))
        // What a courier before it could not attest, a new one says again.
        if (!this.#ready) desk.update({ unattestable: null })
        this.#ready = true
        if (message.hub !== undefined) this.#hubAt?.(message.hub)
        desk.step('keychain', 'done')
        if (this.#out.size === 0) desk.step('hub', 'done')
        desk.pinPolicy({
          key: message.policyRoot,
          organisation: message.organisation,
          team: message.team,
          root: message.trust?.root ?? null,
          snapshot: message.trust?.snapshot ?? null,
          timeSeen: message.trust?.timeSeen ?? 0
        })
        this.#organisation = message.organisation
        desk.breakGlass.identify(message.device, message.organisation)
        // A courier that was started anew knows of no request.
        if (desk.breakGlass.isWaiting) this.#post({ kind: 'break-glass', waiting: true })
        // The models before the policy: the one it names is there when it comes into force.
        this.#trustModels()
        for (const model of message.models ?? []) this.#models?.offer(model)
        if (message.policy === null) desk.withoutPolicy('the hub handed out none')
        else desk.restorePolicy(message.policy)
        if (desk.facts.policy !== null && desk.state.person === null) this.#nobodyHere()
        return
      case 'refused':
        desk.step(stepOfRefusal[message.reason], 'failed', `remedy.${message.reason}`, message.detail)
        // A device that is shut out is signed out at once; any other refusal lets the policy's grace run.
        if (isShutOut(message.reason)) this.#shutOut(message.reason, message.label)
        else this.#hub('unreachable')
        if (desk.state.person === null) desk.update({ phase: 'refused' })
        if (retried.includes(message.reason)) this.#again = setTimeout(this.#reopen, RETRY_MS)
        return
      case 'cleared':
        this.#cleared(message.what)
        return
      case 'trust':
        desk.offerTrust(message.roots, message.snapshot)
        this.#trustModels()
        if (message.policy !== null) this.#offerPolicy(message.policy)
        return
      case 'policy':
        this.#offerPolicy(message.policy)
        return
      case 'policy-refused':
        desk.event('policy-refused', message.problem)
        return
      case 'model':
        this.#models?.offer(message.model)
        return
      case 'model-refused':
        this.#models?.refused(message.problem)
        return
      case 'recorded':
        desk.recorder.written(message.handle)
        desk.update({})
        return
      case 'not-recorded':
        desk.update({})
        return
      case 'waiting':
        desk.update({ waiting: message.count })
        return
      case 'hub':
        this.#hub(message.state)
        return
      case 'signed-in': {
        // Whose address it was is this desk's own knowledge: a hub could say otherwise.
        const email = this.#asked?.email ?? ''
        if (this.#take(message.handle, { outcome: 'signed-in' })) {
          desk.update({ notice: null })
          if (message.offline === undefined) desk.signedIn(message.person, email)
          else desk.signedInOffline(message.person, message.offline.confirmedMsAgo, email)
        }
        // Too late: nobody waits for it any more, so nobody is signed in.
        else this.#post({ kind: 'sign-out' })
        return
      }
      case 'sign-in-refused':
        if (this.#take(message.handle, { outcome: 'refused', reason: message.reason })) {
          this.#nobodyHere()
        }
        return
      case 'offline-told':
        desk.update({ offline: false })
        if (desk.facts.hub.state === 'reachable') desk.hubWatch.reachable()
        return
      case 'offline':
        desk.event('offline-sign-in', message.event)
        return
      case 'hub-odd':
        desk.event('hub-odd', message.problem)
        return
      case 'attestation':
        this.#attestation(message.problem)
        return
      case 'session':
        this.#session(message.person)
        return
      case 'accommodations':
        desk.forPerson.take(message.texts)
        return
      case 'break-glass':
        desk.breakGlass.heard(message.answers)
        return
      case 'instructions':
        this.#instructions.heard(message.instructions)
        return
      case 'own-alerts':
      case 'appealed':
        this.ownRecord.heard(message)
        return
      case 'closed':
        this.#closed?.()
        return
      default:
        assertNever(message)
    }
  }

  /** The courier died: what it had not confirmed is sent again to the next one. */
  gone(): void {
    this.#ready = false
    this.ownRecord.gone()
    clearTimeout(this.#again)
    this.#hub('unreachable') // without a courier there is no hub: the policy's grace runs
    // The next one begins there, and a sign-in waits for it. What was refused keeps its remedy until then.
    if (this.#desk.facts.steps.keychain.state === 'done') this.#desk.step('keychain', 'working')
    this.#desk.recorder.courierGone()
    if (this.#asked !== null) {
      this.#take(this.#asked.handle, { outcome: 'refused', reason: 'not-ready' })
      this.#nobodyHere()
    }
    this.#closed?.()
  }

  async signIn(email: string, password: string): Promise<SignInResult> {
    const desk = this.#desk
    const free =
      desk.program.allows && desk.facts.policy !== null && desk.state.person === null && this.#asked === null
    const [refusal] = this.#out.values()
    if (refusal !== undefined) return { outcome: 'refused', reason: refusal }
    if (!free || !this.#ready) return { outcome: 'refused', reason: 'not-ready' }
    if (desk.isUnfit) return { outcome: 'refused', reason: 'device-unfit' }
    desk.update({ phase: 'signing-in' })
    const handle = randomUUID()
    return await new Promise((resolve) => {
      const limit = setTimeout(() => {
        this.#take(handle, { outcome: 'refused', reason: 'hub-unreachable' })
        this.#nobodyHere()
      }, SIGN_IN_LIMIT_MS)
      this.#asked = {
        handle,
        email,
        answer: (result) => {
          clearTimeout(limit)
          resolve(result)
        }
      }
      if (!this.#post({ kind: 'sign-in', handle, email, password })) this.gone()
    })
  }

  signOut(): void {
    this.#desk.signOut()
    this.#post({ kind: 'sign-out' })
  }

  /** Lets the courier deliver what it can within the limit. */
  async close(limitMs: number): Promise<void> {
    clearTimeout(this.#again)
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs + 500)
      this.#closed = () => {
        clearTimeout(limit)
        resolve()
      }
      if (!this.#post({ kind: 'close', limitMs })) this.#closed()
    })
  }

  /** Nobody is let in until it is cleared, whoever is there is out, and a sign-in on its way comes to nothing. */
  #shutOut(reason: keyof typeof shutOut, label: string | undefined): void {
    const { what, answer } = shutOut[reason]
    this.#out.set(what, answer)
    // A label is of the courier's own making; what the hub says goes to the person, not into the record.
    if (label !== undefined) this.#desk.event('attestation-failed', label)
    if (this.#asked !== null) this.#take(this.#asked.handle, { outcome: 'refused', reason: answer })
    if (this.#desk.state.person !== null) this.signOut()
  }

  #cleared(what: Cleared): void {
    const desk = this.#desk
    const wasOut = this.#out.delete(what) || (this.#ready && desk.facts.phase === 'refused')
    if (!wasOut || this.#out.size > 0) return
    if (desk.facts.unattestable === null) desk.step('hub', 'done')
    if (desk.facts.policy !== null && desk.state.person === null) this.#nobodyHere()
  }

  #nobodyHere(): void {
    this.#desk.update({ phase: this.#out.size > 0 ? 'refused' : 'signed-out' })
  }

  #hub(state: 'reachable' | 'unreachable'): void {
    const desk = this.#desk
    if (state === 'unreachable') desk.hubWatch.unreachable()
    // A hub that answers, but does not take over a session that began without it, is not back for that session.
    else if (!desk.facts.offline) desk.hubWatch.reachable()
    if (desk.facts.hub.state !== state) desk.update({ hub: { state, since: new Date().toISOString() } })
  }

  /** What no hub can see by itself: supervisors and IT read it on the board and in the record, the person here. */
  #attestation(problem: string | null): void {
    const desk = this.#desk
    if (problem !== null) desk.event('attestation-failed', problem)
    desk.update({ unattestable: problem })
    if (problem === null) desk.step('hub', 'done')
    else desk.step('hub', 'failed', 'remedy.attestation-failed', problem)
  }

  /** By the hub's book somebody else, or nobody, is signed in here: what it does not hold is over here too. */
  #session(person: string | null): void {
    const desk = this.#desk
    const here = desk.state.person
    if (here === null || here.id === person) return
    this.signOut()
    desk.update({ notice: 'session-ended' })
  }

  /** The first good policy lets people sign in, also after one that was not. */
  #offerPolicy(policy: PolicyEnvelope): void {
    const desk = this.#desk
    const has = (): boolean => desk.facts.policy !== null
    const had = has()
    desk.offerPolicy(policy)
    if (!had && has() && desk.state.person === null) this.#nobodyHere()
  }

  #trustModels(): void {
    const root = this.#desk.believed.root
    if (root !== null) this.#models?.trust(root.roles.models, this.#organisation)
  }

  #take(handle: string, result: SignInResult): boolean {
    if (this.#asked?.handle !== handle) return false
    const { answer } = this.#asked
    this.#asked = null
    answer(result)
    return true
  }
}
