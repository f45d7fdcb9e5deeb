import type { Socket } from 'node:net'
import type { CheckArea, CheckResult, CheckState } from '../core/check/check'
import type { Alteration } from '../core/integrity/alteration'
import type { ProgramManifest } from '../core/integrity/manifest'
import type { Result } from '../core/result'
import type { FirewallProfile } from '../core/check/judge/firewall'
import type { Volume } from '../core/check/judge/disk-encryption'
import type { TpmFacts } from '../core/check/judge/tpm'
import type { ApplicationPolicy } from '../core/application/policy'
import type { CheckRules } from '../core/policy/checks'
import type { Check } from './contract/check'
import type { Handshakes } from '../core/tunnel/facts'
import type { KeyStore } from './contract/device-key'
import type { LockDown } from './contract/lock-down'
import type { LockDownHandle, LockDownOptions } from './contract/lock-down-handle'
import type { ProgramFile, ProgramReader } from './contract/programs'
import type { NetworkReader } from './contract/network'
import type { Sources } from './contract/sources'
import type { CodeIntegrity } from '../contract/service/code-integrity'

/** What a probe may use up. */
export interface ProbeLimits {
  /** Milliseconds until the answer counts as none. */
  readonly timeoutMs: number
  /** Most bytes that may be read from any source. */
  readonly maxBytes: number
  /** Aborted when the time is over: whatever the probe started ends with it. */
  readonly signal: AbortSignal
}

/** What a probe found. `evidence` is in the machine's own words, without anything a person typed or saw. */
export interface ProbeFinding {
  readonly state: CheckState
  readonly evidence: string
  /** Age of the evidence, milliseconds. */
  readonly ageMs: number
  /** Key of the message that says how to mend it. */
  readonly remedy: string
}

/** One check of this machine. It may throw, hang or lie about sizes: whoever runs it holds it to its limits. */
export interface Probe {
  readonly id: string
  readonly area: CheckArea
  /** The remedy when the probe itself fails. */
  readonly remedy: string
  /** Milliseconds it may take; a few seconds when it does not say. */
  readonly timeoutMs?: number
  run(limits: ProbeLimits): Promise<ProbeFinding>
}

/** Who is at the other end of a local socket, as the kernel says. */
export type Peer =
  | { readonly kind: 'user'; readonly uid: number }
  /** Windows knows no uid: the security identifier of the process's user, `S-1-…`. */
  | { readonly kind: 'sid'; readonly sid: string }

/** What only root or SYSTEM may look at. The privileged service asks; nobody else can. */
export interface Privileged {
  firewall(sources: Sources): Promise<readonly FirewallProfile[]>
  volumes(sources: Sources): Promise<readonly Volume[]>
  tpm(sources: Sources): Promise<TpmFacts>
  /** Policies for programs in force. Only where the system has such a list. */
  codeIntegrity?(sources: Sources): Promise<CodeIntegrity>
  /** The files that processes of any user run. Only where the system keeps them from others. */
  programs?(pids: readonly number[], hashes: boolean): Promise<readonly ProgramFile[]>
}

/** What differs between operating systems. */
export interface Platform {
  readonly name: 'linux' | 'win32' | 'darwin' | 'fake'
  /** Where a release service listens. */
  readonly serviceSocket: string
  /** Where a release service keeps what has to outlive it. */
  readonly stateFolder: string
  /** How the desktop is locked down for a shift. */
  readonly lockDown: LockDown
  /** Asks the kernel for the peer of an accepted connection. An error means that nobody may be assumed. */
  peerOf(connection: Socket): Result<Peer, string>
  /** The user that this process runs as. */
  ownPeer(): Result<Peer, string>
  /**
   * Whether the computer runs on its battery, asked of the system itself; null while nobody can tell. Only where
   * Electron's own monitor is told nothing: elsewhere it is the better source.
   */
  readonly isOnBattery?: () => Promise<boolean | null>
  /**
   * Keeps this process, and whatever it starts from now on, from leaving its memory on disk when it crashes. An error
   * says what did not hold; an empty list where the system offers nothing of the kind to a program. `sealed`: nobody of
   * the same user may read this process's memory, attach to it or see its environment either.
   */
  preventDumps(sealed: boolean): readonly string[]
  /** How interfaces and routes are asked for. */
  readonly network: NetworkReader
  /** Where device keys can be made in hardware; null when this machine has nothing of the kind, or none we can use. */
  hardwareKeys(): Promise<KeyStore | null>
  /** Reads what runs, anew for each watch; absent where this program cannot look at it. */
  readonly programs?: () => ProgramReader
  /** Every check of the machine that this system has. */
  readonly checks: readonly Check[]
  readonly privileged: Privileged
}

/** What the checks need to know. */
export interface CheckSettings {
  /** Path of the privileged service's socket. */
  readonly serviceSocket: string
  /** What the policy in force asks of each check. */
  readonly rules: CheckRules
  /** What the policy in force says of programs at this desk, whoever works here; null where it says nothing. */
  readonly applications: ApplicationPolicy | null
  /** Which of them: those of every round, or those that cost a second or two. */
  readonly pace: 'often' | 'seldom'
}

/** The machine as main, the service and the command line see it. */
export interface Device {
  readonly platform: Platform
  /** Runs the checks, side by side, each within its limits. Never rejects; nothing that fails passes. */
  runChecks(settings: CheckSettings): Promise<readonly CheckResult[]>
  /** Handshakes of WireGuard tunnels, asked of the privileged service at its socket. Never rejects. */
  tunnelPeers(serviceSocket: string, limits: ProbeLimits): Promise<Handshakes>
  /** Which files processes of others run, asked of the privileged service. What it does not tell is left out. */
  programFiles(
    serviceSocket: string,
    pids: readonly number[],
    hashes: boolean,
    limits: ProbeLimits
  ): Promise<readonly ProgramFile[]>
  /** Locks this desktop down by the service, for as long as this process lives. Holds nothing before it is asked to. */
  lockDown(options: LockDownOptions): LockDownHandle
  /** SHA-256, hex, over all files of a program: an archive with what lies unpacked beside it, or a folder. */
  measureProgram(path: string): Promise<string>
  /**
   * Holds the files of a packaged program (its `app.asar`) against the opened list of them, each read anew. `pause` is
   * awaited between pieces. Rejects when the program's folder cannot be read.
   */
  inspectProgram(
    archive: string,
    manifest: ProgramManifest,
    pause: () => Promise<void>
  ): Promise<readonly Alteration[]>
}
