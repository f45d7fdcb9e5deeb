import { randomBytes, randomUUID } from 'node:crypto'
import type { BreakGlassAnswer } from '../../contract/wire/v1/break-glass'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { BreakGlassState } from '../../contract/ipc/schema'
import { severityOf } from '../../core/alert/alert'
import {
  openGrant,
  readGrantText,
  type Grant,
  type GrantEnvelope,
  type GrantRefusal,
  type VerifyGrant
} from '../../core/break-glass/grant'
import { beginStretch, leftOf, lookAtStretch, type Stretch } from '../../core/break-glass/lapse'
import type { BreakGlassRecord } from '../../core/break-glass/record'
import {
  REQUEST_LIFE_MS,
  type BreakGlassEnd,
  type BreakGlassReason,
  type BreakGlassRequest
} from '../../core/break-glass/request'
import type { CheckName } from '../../core/check/names'
import type { RuleId } from '../../core/judgement/rule'
import type { BreakGlassPolicy } from '../../core/policy/break-glass'
import type { Clock } from './clock'

export interface BreakGlassOptions {
  readonly clock: Clock
  readonly verify: VerifyGrant
  readonly policy: () => {
    readonly version: number
    readonly breakGlass?: BreakGlassPolicy | undefined
  } | null
  readonly record: (body: RecordBody) => string
  /** True once the record of this handle is committed and synced. */
  readonly isWritten: (handle: string) => boolean
  /** What is waived, or what the person is shown of it, changed. */
  readonly changed: () => void
  /** The hub is to be asked what became of a request, or not any more. */
  readonly waiting: (waiting: boolean) => void
}

/** Who works at the desk. */
interface AtDesk {
  readonly id: string
  readonly email: string
}

interface Alerted {
  readonly id: string
  readonly rule: RuleId
  readonly since: number
}

type Stage =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'asked'
      readonly request: BreakGlassRequest
      readonly since: Stretch
      readonly alert: Alerted
    }
  /** Granted, and waiting for the disk to have the record of it; no longer than an answer may take. */
  | {
      readonly kind: 'writing'
      readonly request: BreakGlassRequest
      readonly since: Stretch
      readonly held: Held
      readonly handle: string
      readonly alert: Alerted
    }
  | {
      readonly kind: 'running'
      readonly request: BreakGlassRequest
      readonly held: Held
      readonly left: Stretch
      readonly alert: Alerted
    }
  | {
      readonly kind: 'over'
      readonly check: CheckName
      readonly why: Extract<BreakGlassState, { stage: 'over' }>['why']
    }

interface Held {
  readonly grant: Grant
  readonly envelope: GrantEnvelope
}

/**
 * Break-glass at this desk: one request at a time, asked here, granted by somebody else, for one check and an hour at most.
 * What is granted counts only when its record is on the disk, and ends with its time, the session, the policy that named
 * its approver, or the program: none is kept over a restart.
 */
export class BreakGlass {
  readonly #options: BreakGlassOptions
  #stage: Stage = { kind: 'none' }
  #identity: { readonly device: string; readonly organisation: string } | null = null
  #person: AtDesk | null = null

  constructor(options: BreakGlassOptions) {
    this.#options = options
  }

  /** What this desk is, as enrolment named it. The first word counts for the whole run. */
  identify(device: string, organisation: string): void {
    this.#identity ??= { device, organisation }
  }

  /** The check that is waived now, null while none is. */
  get waived(): CheckName | null {
    this.look()
    return this.#stage.kind === 'running' ? this.#stage.request.check : null
  }

  get isWaiting(): boolean {
    return this.#stage.kind !== 'none' && this.#stage.kind !== 'over'
  }

  /** What a person is shown; absent where nobody may waive anything. */
  view(): { readonly waivable: CheckName[]; readonly now: BreakGlassState } | null {
    const policy = this.#options.policy()?.breakGlass
    if (policy === undefined && this.#stage.kind === 'none') return null
    return { waivable: [...(policy?.checks ?? [])], now: this.#stateOf(this.#stage) }
  }

  #stateOf(stage: Stage): BreakGlassState {
    const { clock } = this.#options
    switch (stage.kind) {
      case 'none':
        return { stage: 'none' }
      case 'asked':
      case 'writing':
        return { stage: 'asked', check: stage.request.check, since: clock.label(stage.alert.since) }
      case 'running': {
        const until = clock.label(clock.now() + leftOf(stage.left))
        const { approver } = stage.held.grant
        return { stage: 'running', check: stage.request.check, approver, until }
      }
      case 'over':
        return { stage: 'over', check: stage.check, why: stage.why }
    }
  }

  /** Asks. Nothing happens while a request or a grant is under way, or for what the policy lets nobody waive. */
  ask(check: CheckName, reason: BreakGlassReason): void {
    const policy = this.#options.policy()?.breakGlass
    if (this.isWaiting || policy?.checks.includes(check) !== true) return
    const nonce = randomBytes(32).toString('base64url')
    const request = { id: randomUUID(), nonce, check, reason, person: this.#person?.id ?? null }
    this.#tell({ stage: 'asked', request: request.id, check, reason, nonce, person: request.person })
    const alert = this.#raise('break-glass-asked')
    this.#stage = { kind: 'asked', request, since: this.#begin(REQUEST_LIFE_MS), alert }
    this.#options.waiting(true)
    this.#options.changed()
  }

  /** What the hub says became of a request. It can deny and take back; what it grants has to be an approver's. */
  heard(answers: readonly BreakGlassAnswer[]): void {
    this.look()
    for (const { request, outcome, grant } of answers) {
      const stage = this.#stage
      if (stage.kind === 'none' || stage.kind === 'over' || stage.request.id !== request) continue
      if (outcome === 'declined') this.#stop(stage.kind === 'running' ? 'taken-back' : 'declined')
      else if (stage.kind === 'asked' && grant !== null) this.#take(stage, grant)
    }
  }

  #take(stage: Extract<Stage, { kind: 'asked' }>, text: string): void {
    const envelope = readGrantText(text)
    if (envelope === null) {
      this.#refuse(stage, 'unreadable')
      return
    }
    const opened = this.#open(envelope, stage.request)
    if (!opened.ok) {
      this.#refuse(stage, opened.error)
      return
    }
    const { check, id: request } = stage.request
    const { approver, minutes } = opened.value
    const handle = this.#tell({ stage: 'used', request, check, approver, minutes })
    const held = { grant: opened.value, envelope }
    this.#stage = { ...stage, kind: 'writing', held, handle }
    this.look()
  }

  #open(envelope: GrantEnvelope, request: BreakGlassRequest): ReturnType<typeof openGrant> {
    const { policy, verify } = this.#options
    const { device, organisation } = this.#identity ?? { device: '', organisation: '' }
    const atDesk = this.#person === null ? [] : [this.#person.email]
    return openGrant(
      envelope,
      { organisation, device, policy: policy()?.breakGlass, request, atDesk },
      verify
    )
  }

  /** What is no grant closes the request: a hub does not get to try on until one fits. */
  #refuse(stage: Extract<Stage, { kind: 'asked' }>, why: GrantRefusal): void {
    this.#tell({ stage: 'refused', request: stage.request.id, why })
    this.#over(stage.alert, stage.request.check, 'refused')
  }

  /** Somebody signed in: a grant that they gave themselves before ends. */
  signedIn(person: AtDesk): void {
    this.#person = { ...person, email: person.email.trim().toLowerCase() }
    this.#lookAgain()
    // What became of an earlier one is nobody else's business.
    if (this.#stage.kind === 'over' && this.#stage.why !== 'same-person') {
      this.#stage = { kind: 'none' }
      this.#options.changed()
    }
  }

  /** A session that is over takes its request and its grant along. */
  signedOut(): void {
    this.#stop('signed-out')
    this.#person = null
  }

  /** Another policy is in force: what it does not vouch for any more ends. */
  policyChanged(): void {
    this.#lookAgain()
  }

  /** The program ends, in order: nothing is kept. */
  close(): void {
    this.#stop('program-ended')
  }

  #lookAgain(): void {
    const stage = this.#stage
    if (stage.kind !== 'running' && stage.kind !== 'writing') return
    const opened = this.#open(stage.held.envelope, stage.request)
    if (opened.ok) return
    this.#stop(opened.error === 'same-person' ? 'same-person' : 'policy-changed')
  }

  /** Lets time pass. Call it often. */
  look(): void {
    const stage = this.#stage
    if (stage.kind === 'asked' || stage.kind === 'writing') {
      const since = this.#passed(stage.since)
      if (leftOf(since) <= 0) this.#stop('not-answered')
      else if (stage.kind === 'writing' && this.#options.isWritten(stage.handle)) this.#run(stage)
      else this.#stage = { ...stage, since }
    } else if (stage.kind === 'running') {
      const left = this.#passed(stage.left)
      if (leftOf(left) > 0) this.#stage = { ...stage, left }
      else this.#stop('time-over')
    }
  }

  #run({ request, held, alert }: Extract<Stage, { kind: 'writing' }>): void {
    this.#end(alert)
    const left = this.#begin(held.grant.minutes * 60_000)
    this.#stage = { kind: 'running', request, held, left, alert: this.#raise('break-glass-used') }
    this.#options.changed()
  }

  #stop(why: BreakGlassEnd | 'declined' | 'not-answered'): void {
    const stage = this.#stage
    if (stage.kind === 'none' || stage.kind === 'over') return
    const { check, id: request } = stage.request
    if (stage.kind === 'running' && why !== 'declined' && why !== 'not-answered') {
      const { left } = stage
      const usedMs = Math.round(left.lengthMs - leftOf(left))
      this.#tell({ stage: 'ended', request, check, why, usedMs })
    } else {
      const closed =
        why === 'declined' || why === 'signed-out' || why === 'program-ended' ? why : 'not-answered'
      this.#tell({ stage: 'closed', request, check, why: closed })
    }
    this.#over(stage.alert, check, why)
  }

  #over(alert: Alerted, check: CheckName, why: Extract<Stage, { kind: 'over' }>['why']): void {
    this.#end(alert)
    this.#stage = { kind: 'over', check, why }
    this.#options.waiting(false)
    this.#options.changed()
  }

  #tell(change: BreakGlassRecord): string {
    return this.#options.record({ kind: 'break-glass', change })
  }

  #raise(rule: 'break-glass-asked' | 'break-glass-used'): Alerted {
    const { clock, policy, record } = this.#options
    const alert = { id: randomUUID(), rule, since: clock.now() }
    record({
      kind: 'alert-raised',
      alert: {
        id: alert.id,
        rule,
        severity: severityOf(rule, 'log'),
        raisedAt: clock.label(alert.since),
        score: 1,
        people: 0,
        hidden: false,
        response: 'log',
        model: '',
        policyVersion: policy()?.version ?? 0
      }
    })
    return alert
  }

  #end({ id, since }: Alerted): void {
    const { clock, record } = this.#options
    const now = clock.now()
    const durationMs = Math.max(0, Math.round(now - since))
    record({
      kind: 'alert-ended',
      end: { id, endedAt: clock.label(now), durationMs, count: 1, peakScore: 1, peakPeople: 0 }
    })
  }

  #begin(lengthMs: number): Stretch {
    const { clock } = this.#options
    const now = clock.now()
    return beginStretch(lengthMs, Date.parse(clock.label(now)), now)
  }

  #passed(stretch: Stretch): Stretch {
    const { clock } = this.#options
    const now = clock.now()
    return lookAtStretch(stretch, Date.parse(clock.label(now)), now)
  }
}
