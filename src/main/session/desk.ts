import { randomUUID } from 'node:crypto'
import type { BreakGlassReason } from '../../core/break-glass/request'
import type { CheckName } from '../../core/check/names'
import type { RecordBody } from '../../contract/wire/v1/device'
import type { ShellState } from '../../contract/ipc/schema'
import type { CheckResult } from '../../core/check/check'
import { fitnessOf, type Standing } from '../../core/check/posture'
import type { ComplianceState } from '../../core/compliance/state'
import type { CameraState } from '../../core/observation/observation'
import { refusalLabel } from '../../core/trust/refusal'
import type { PolicyEnvelope } from '../../core/policy/envelope'
import { checkRulesOf, withWaived } from '../../core/policy/checks'
import type { LockDownNews } from '../../core/lock-down/standing'
import { PolicySource, type Offer, type Pinned } from '../policy/source'
import { verifyEs256 } from '../policy/verify'
import { Accommodations } from './accommodations'
import { PersonPolicy } from './person-policy'
import { SupportMode } from './support-mode'
import { BreakGlass } from './break-glass'
import { ComplianceLoop } from './compliance-loop'
import type { DeskOptions } from './desk-options'
import { desktopFitness, mustWaitForLock, together } from './desktop-checks'
import { firstFacts, withStep, type Facts, type StepId } from './facts'
import { HubWatch } from './hub-watch'
import { LapseWatch } from './lapse-watch'
import { Posture } from './posture'
import { ProgramWatch } from './program-watch'
import { Recorder } from './recorder'
import { Scene } from './scene'
import { stepOfProgram, stepsOfChecks } from './steps-of-checks'
import { followsFrom, mustWait, type ApplicationsStanding } from './applications'
import type { VpnStanding } from './vpn-watch'
import { WATCH_MS, Watchdog } from './watchdog'

/** Silence allowed while no policy says less, milliseconds. */
const DEFAULT_GAP_MS = 2000

type Person = NonNullable<ComplianceState['person']>

/** The session at one desk: what is known, what follows from it. Holds no window and no process. */
export class Desk {
  readonly recorder: Recorder
  readonly scene: Scene
  readonly watchdog: Watchdog
  readonly hubWatch: HubWatch
  readonly program: ProgramWatch
  readonly posture: Posture
  readonly breakGlass: BreakGlass
  readonly accommodations: Accommodations
  readonly support: SupportMode
  readonly forPerson: PersonPolicy
  readonly #options: DeskOptions
  readonly #loop: ComplianceLoop
  readonly #policies: PolicySource
  readonly #missing = new Set<string>()
  #facts: Facts
  readonly #lapses: LapseWatch
  #watching: NodeJS.Timeout | undefined

  constructor(options: DeskOptions) {
    const { clock, log } = options
    this.#options = options
    this.#facts = firstFacts(clock.label(clock.now()))
    this.#policies = new PolicySource(options.verify, clock)
    this.recorder = new Recorder(clock)
    this.#loop = new ComplianceLoop({
      clock,
      hands: options.hands,
      newId: randomUUID,
      record: (body) => this.recorder.record(body),
      labels: () => ({ model: this.#facts.model, policyVersion: this.#facts.policy?.version ?? 0 }),
      changed: (state, before) => this.#stateChanged(state, before),
      fault: (error) => log.error({ error }, 'the compliance loop failed')
    })
    const maxGapMs = (): number => this.#policies.current?.sensor.maxGapMs ?? DEFAULT_GAP_MS
    this.watchdog = new Watchdog({
      now: clock.now,
      maxGapMs,
      silent: () => {
        this.step('eyes', 'working')
        this.#loop.dispatch({ kind: 'sensor-silent' })
      },
      stuck: () => options.restartSensor('silent')
    })
    this.scene = new Scene({
      now: clock.now,
      maxGapMs,
      policy: () => this.#facts.policy,
      roomChanged: () => this.refreshPolicy(),
      alive: (frameAt) => {
        this.watchdog.observed(frameAt)
        this.#sawFrame()
      },
      ...(options.looked === undefined ? {} : { looked: options.looked }),
      judged: (verdict) => {
        // While something that must watch is missing, no picture is proof enough.
        const complete = verdict.complete && this.#missing.size === 0
        this.#loop.dispatch({ kind: 'judged', verdict: { ...verdict, complete } })
        options.changed(false)
      }
    })
    this.breakGlass = new BreakGlass({
      clock,
      verify: { ed25519: options.verify, es256: verifyEs256 },
      policy: () => this.#policies.current,
      record: (body) => this.recorder.record(body),
      isWritten: (handle) => this.recorder.isWritten(handle),
      changed: () => {
        this.posture.look()
        this.update({ breakGlass: this.breakGlass.view() })
      },
      waiting: (waiting) => options.breakGlassWaits?.(waiting)
    })
    this.support = new SupportMode({
      clock,
      policy: () => this.#policies.current,
      event: (label) => this.event('support-mode', label),
      changed: () => {
        this.refreshPolicy()
        this.update({ support: this.support.view() })
      }
    })
    this.accommodations = new Accommodations({
      now: () => this.#policies.timeSeen,
      role: () => this.#policies.root?.roles.policy ?? null,
      organisation: () => this.#policies.current?.organisation ?? '',
      verify: options.verify,
      firm: () => this.#policies.firm
    })
    this.forPerson = new PersonPolicy({
      accommodations: this.accommodations,
      support: this.support,
      room: this.scene.room,
      current: () => this.#policies.current,
      event: (code, label) => this.event(code, label),
      changed: () => this.refreshPolicy()
    })
    this.posture = new Posture({
      now: clock.now,
      rules: () => withWaived(checkRulesOf(this.#facts.policy), this.breakGlass.waived),
      changed: (standings) => this.#checksChanged(standings),
      lookAgain: options.lookAgain
    })
    this.hubWatch = new HubWatch({
      now: clock.now,
      wall: () => Date.parse(clock.label(clock.now())),
      graceMs: () => this.#policies.current?.hubGraceMs ?? null,
      over: () => this.#loop.dispatch({ kind: 'grace-over' }),
      back: () => this.#loop.dispatch({ kind: 'hub-back' })
    })
    this.#lapses = new LapseWatch({
      standing: () => this.#policies.standing(),
      told: (why) => this.event('policy-refused', `${why}, the last good one stays`),
      settled: (isOver) => this.#loop.dispatch({ kind: isOver ? 'policy-lapsed' : 'policy-renewed' })
    })
    this.program = new ProgramWatch({
      flavour: options.flavour,
      event: (detail) => this.event('program-altered', detail),
      known: (program, isProblem) => {
        this.step(...stepOfProgram(program, isProblem))
        this.update({ program })
      },
      refused: () => {
        this.#loop.dispatch({ kind: 'program-altered' })
        if (this.state.person === null) this.update({ phase: 'refused' })
      }
    })
  }

  get facts(): Facts {
    return this.#facts
  }
  get state(): ComplianceState {
    return this.#loop.state
  }

  /** True while a check of the computer that blocks does not pass, or was not looked at yet: nobody may sign in. */
  get isUnfit(): boolean {
    return fitnessOf(this.posture.standings).unfit
  }

  /** True once the alert is committed and synced to the outbox. */
  isWritten(alertId: string): boolean {
    const handle = this.#loop.handleOf(alertId)
    return handle !== undefined && this.recorder.isWritten(handle)
  }

  watch(): void {
    this.#watching = setInterval(() => {
      this.watchdog.look()
      this.hubWatch.look()
      this.breakGlass.look()
      this.support.look()
      if (this.accommodations.changed()) this.refreshPolicy()
      this.posture.look()
      this.#options.alsoLook?.()
      this.#lapses.look()
    }, WATCH_MS)
  }

  stop(): void {
    clearInterval(this.#watching)
    this.breakGlass.close()
  }

  update(change: Partial<Facts>): void {
    // An altered program lets nobody in, whatever else goes well.
    const phase = this.program.isRefused && change.phase !== 'signed-in' ? 'refused' : change.phase
    const urgent = change.phase !== undefined && phase !== this.#facts.phase
    this.#facts = { ...this.#facts, ...change, ...(change.phase === undefined ? {} : { phase }) }
    this.#options.changed(urgent)
  }

  step(id: StepId, state: Facts['steps'][StepId]['state'], remedy: string | null = null, detail = ''): void {
    const before = this.#facts.steps[id]
    if (before.state === state && before.remedy === remedy && before.detail === detail) return
    this.#facts = withStep(this.#facts, id, state, remedy, detail)
    this.#options.changed(false)
  }

  /** Something worth a record of its own. `detail` is a label of ours, never what a person typed or saw. */
  event(code: Extract<RecordBody, { kind: 'event' }>['code'], detail: string, count = 1): void {
    this.#options.log.warn({ code, detail, count }, 'event')
    this.recorder.record({ kind: 'event', code, detail: detail.slice(0, 200), count })
  }

  /** What enrolment pinned: the first one stays for the whole run. */
  pinPolicy(pinned: Pinned): void {
    this.#note(this.#policies.pin(pinned))
  }

  /** What is believed: the root, null before enrolment pinned one, and what the policy says of programs at this desk. */
  get believed(): Pick<PolicySource, 'root' | 'applicationsHere'> {
    return this.#policies
  }

  /**
   * Roots that follow one another, and a snapshot, as the courier took them: checked again. How the policy stands
   * under them is looked at after it, or with the next watch: what comes in one message counts as one.
   */
  offerTrust(roots: readonly unknown[], snapshot: unknown): void {
    const before = this.#policies.root
    for (const root of roots) this.#note(this.#policies.offerRoot(root))
    if (this.#policies.root !== before) this.forPerson.retake()
    if (snapshot !== null) this.#note(this.#policies.offerSnapshot(snapshot))
  }

  #note(problem: string | null): void {
    if (problem !== null) this.event('policy-refused', problem)
  }

  offerPolicy(envelope: PolicyEnvelope): void {
    this.#settlePolicy(this.#policies.offer(envelope))
  }

  /** A policy that was in force in an earlier run: it goes on, expired or not. */
  restorePolicy(envelope: PolicyEnvelope): void {
    this.#settlePolicy(this.#policies.restore(envelope))
  }

  /** There is no policy yet, or what was handed out is none. One that is in force stays. */
  withoutPolicy(why: string): void {
    if (this.#policies.current === null) this.step('policy', 'failed', 'remedy.policy-refused', why)
    else this.step('policy', 'done')
    if (this.#policies.current === null) this.update({ phase: 'refused' })
  }

  #settlePolicy(offer: Offer): void {
    switch (offer.kind) {
      case 'unchanged':
        this.step('policy', 'done') // a courier that was started anew has said that it works on it
        break
      case 'refused':
        this.event('policy-refused', refusalLabel(offer.refusal))
        this.withoutPolicy(refusalLabel(offer.refusal))
        this.#loop.dispatch({ kind: 'policy-refused' })
        return
      case 'in-force':
        this.#options.log.info({ version: offer.policy.version }, 'policy in force')
        this.step('policy', 'done')
        this.update({ policy: this.forPerson.applied(offer.policy) })
        this.breakGlass.policyChanged()
        this.update({ breakGlass: this.breakGlass.view() })
        this.#options.policyChanged(this.#facts.policy ?? offer.policy)
        this.posture.look()
        this.#checksChanged() // the desktop's are judged by the policy as well
        this.#loop.dispatch({ kind: 'policy-in-force' })
    }
    this.#lapses.look()
  }

  camera(camera: CameraState): void {
    if (camera.state === 'starting') this.scene.sensorRestarted()
    this.update({ camera })
    if (camera.state === 'live') {
      this.step('camera', 'done')
      this.watchdog.resume()
      this.#loop.dispatch({ kind: 'camera-live' })
    } else if (camera.state === 'lost') {
      this.step('camera', 'failed', `remedy.camera.${camera.reason}`, camera.detail)
      this.watchdog.pause()
      this.#loop.dispatch({ kind: 'camera-lost' })
    } else {
      this.step('camera', 'working')
    }
  }

  /** The sensor's process died or was ended: what it saw proves nothing any more. */
  sensorGone(): void {
    this.scene.sensorRestarted()
    this.watchdog.restarted()
    this.step('eyes', 'working')
    this.#loop.dispatch({ kind: 'sensor-silent' })
  }

  /** A part without which nothing may be shown is gone (or back): covered until the next full verdict after that. */
  missing(part: string, isMissing: boolean): void {
    if (!isMissing) {
      this.#missing.delete(part)
      return
    }
    if (this.#missing.has(part)) return
    this.#missing.add(part)
    // It says nothing of the computer's checks.
    this.unsettled(`${part} is missing`, () => false)
  }

  /** How the VPN stands. Where the policy blanks for it, nothing is shown before the first verdict, nor after a bad one. */
  vpn(standing: VpnStanding): void {
    const blanks = standing?.policy.response === 'blank'
    this.missing('vpn', blanks && standing.verdict === null)
    const isLost = blanks && standing.verdict !== null && standing.verdict.state !== 'pass'
    this.update({ vpn: standing })
    this.#loop.dispatch({ kind: isLost ? 'vpn-lost' : 'vpn-back' })
  }

  /** What runs beside this program. Where it can hide the desk, nothing is shown before it is known. */
  applications(standing: ApplicationsStanding): void {
    this.missing('applications', mustWait(standing))
    this.update({ applications: standing })
    this.#loop.dispatch({ kind: 'applications-judged', ...followsFrom(standing) })
  }

  /** How the lock-down of the desktop stands. Where it can hide the desk, nothing is shown before it is known. */
  lockDown(news: LockDownNews | null): void {
    this.update({ lockDown: news })
    this.missing('lock-down', mustWaitForLock(this.#facts))
    this.#checksChanged()
  }

  /** Displays changed, or the machine slept or was locked. `only`: the checks of the computer that it concerns. */
  unsettled(why: string, only?: (check: string) => boolean): void {
    this.#options.log.info({ why }, 'all that was known is stale')
    this.#loop.dispatch({ kind: 'unsettled' })
    this.posture.expire(only)
  }

  /** Something broke that nothing closer to it caught: covered until the next verdict. */
  fault(): void {
    this.#loop.cover()
  }

  /** `email` is what the person signed in with, as it was typed here. */
  signedIn(person: Person, email = ''): void {
    this.accommodations.signedIn(email)
    this.breakGlass.signedIn({ id: person.id, email })
    const { clock, openApplication } = this.#options
    this.recorder.record({ kind: 'session', change: 'signed-in', person: person.id })
    this.#policies.forPerson(email.trim().toLowerCase())
    this.refreshPolicy()
    this.scene.newSession()
    this.update({ phase: 'signed-in', shiftSince: clock.label(clock.now()) })
    this.#loop.dispatch({ kind: 'signed-in', person })
    this.#checksChanged() // what is asked of the desktop is asked while somebody works
    const first = this.#facts.policy?.workspace.applications[0]
    if (first !== undefined) openApplication(first)
  }

  /**
   * Somebody whom the hub confirmed `confirmedMsAgo` milliseconds ago signed in without it: the time that signed-in desks
   * have without a hub runs from then, over every restart.
   */
  signedInOffline(person: Person, confirmedMsAgo: number, email = ''): void {
    this.hubWatch.unreachable(confirmedMsAgo)
    this.update({ offline: true })
    this.signedIn(person, email)
    this.event('offline-sign-in', 'signed in without the hub')
  }

  signOut(): void {
    const { person } = this.#loop.state
    if (person === null) return
    this.#loop.dispatch({ kind: 'signed-out' })
    this.breakGlass.signedOut()
    this.accommodations.signedOut()
    this.support.end('signed-out')
    this.recorder.record({ kind: 'session', change: 'signed-out', person: person.id })
    this.#policies.forPerson(null)
    this.refreshPolicy()
    this.update({ phase: 'signed-out', shiftSince: null, openApplication: null, offline: false, told: null })
    this.#checksChanged()
    if (this.#facts.hub.state === 'reachable') this.hubWatch.reachable()
  }

  openApplication(id: string): void {
    const application = this.#facts.policy?.workspace.applications.find((one) => one.id === id)
    if (application !== undefined && this.state.person !== null) this.#options.openApplication(application)
  }

  /** The policy as it is for who works here; told to sensor, checks and windows when it changed. */
  refreshPolicy(): void {
    const current = this.#policies.current
    if (current === null) return
    const policy = this.forPerson.applied(current)
    if (JSON.stringify(policy) === JSON.stringify(this.#facts.policy)) return
    this.update({ policy })
    this.#options.policyChanged(policy)
    this.posture.look()
    this.#checksChanged()
  }

  /** Asks that a check of the computer be waived for a while. */
  askException(check: CheckName, reason: BreakGlassReason): void {
    this.breakGlass.ask(check, reason)
  }

  /** A supervisor's act, which the policy allows. */
  supervisorLock(isLocked: boolean): void {
    this.#loop.dispatch({ kind: isLocked ? 'supervisor-locked' : 'supervisor-unlocked' })
  }

  /** What is known of the computer is looked at again, now. */
  lookAgain(): void {
    this.#options.lookAgain()
  }

  askHelp(): void {
    this.#loop.dispatch({ kind: 'help-asked' })
  }

  setLanguage(language: ShellState['language']): void {
    this.update({ language })
  }

  checks(checks: readonly CheckResult[]): void {
    this.posture.hear(checks)
  }

  #checksChanged(standings: readonly Standing[] = this.posture.standings): void {
    for (const news of stepsOfChecks(standings)) this.step(...news)
    const fitness = together(fitnessOf(standings), desktopFitness(this.#facts))
    this.#loop.dispatch({ kind: 'checks-judged', ...fitness })
    this.update({ checks: standings })
  }

  #sawFrame(): void {
    // A model that looks, but is not the one that has to, finishes nothing.
    if (!this.#missing.has('model')) this.step('eyes', 'done')
    const { model, sensed } = this.scene
    const known = this.#facts
    const told = known.sensed?.people === sensed?.people && known.sensed?.phone === sensed?.phone
    if (known.model !== model || !told) this.update({ model, sensed })
  }

  #stateChanged(state: ComplianceState, before: ComplianceState): void {
    if (state.desk !== before.desk) {
      const { clock, log } = this.#options
      const reasons = state.reasons.map(({ rule }) => rule)
      log.info({ desk: state.desk, reasons }, 'desk')
      this.#facts = { ...this.#facts, deskSince: clock.label(clock.now()) }
    }
    this.#options.changed(state.desk !== before.desk || state.reasons.length !== before.reasons.length)
  }
}
