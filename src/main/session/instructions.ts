import type { ShellState } from '../../contract/ipc/schema'
import type { RecordBody } from '../../contract/wire/v1/device'
import {
  mayInstruct,
  type Instruction,
  type InstructionKind,
  type InstructionOutcome
} from '../../core/instruction/instruction'
import { assertNever } from '../../core/result'

export interface InstructionsOptions {
  /** What the policy in force lets the hub ask; null while there is no policy. */
  readonly allowed: () => { readonly allow: readonly InstructionKind[] } | undefined | null
  readonly isSignedIn: () => boolean
  readonly lock: () => void
  readonly unlock: () => void
  readonly endSession: () => void
  readonly lookAgain: () => void
  readonly reloadPolicy: () => void
  /** False where the policy in force knows no support. */
  readonly support: (by: string) => boolean
  readonly record: (body: RecordBody) => void
  /** The person at the desk is told what was done, by whom. */
  readonly told: (told: NonNullable<ShellState['told']>) => void
}

/** Ids that are remembered, so that what is handed out again is not done again. A run sees far fewer. */
const MAX_KNOWN = 1000

/** What concerns the computer, whoever sits at it. */
const withoutAnybody: ReadonlySet<InstructionKind> = new Set(['check', 'reload-policy'])

/**
 * What somebody at the console asks of this desk: done once, if the policy that is in force here allows it, shown to
 * the person, and confirmed by a record. The hub's word alone opens nothing.
 */
export class Instructions {
  readonly #known = new Set<string>()

  constructor(private readonly options: InstructionsOptions) {}

  heard(instructions: readonly Instruction[]): void {
    for (const one of instructions) {
      if (this.#known.has(one.id) || this.#known.size >= MAX_KNOWN) continue
      this.#known.add(one.id)
      const outcome = this.#carryOut(one)
      this.options.record({ kind: 'instruction', change: { id: one.id, outcome } })
    }
  }

  #carryOut(one: Instruction): InstructionOutcome {
    const { allowed, isSignedIn, told } = this.options
    const stated = allowed()
    if (stated === null || !mayInstruct(stated, one.kind)) return 'not-allowed'
    if (!withoutAnybody.has(one.kind) && !isSignedIn()) return 'nobody-here'
    if (!this.#do(one)) return 'not-allowed'
    told({
      id: one.id,
      kind: one.kind,
      by: one.by,
      at: one.at,
      text: one.kind === 'message' ? one.text : null
    })
    return 'done'
  }

  /** False when the policy does not let it be done after all. */
  #do({ kind, by }: Instruction): boolean {
    const { lock, unlock, endSession, lookAgain, reloadPolicy, support } = this.options
    switch (kind) {
      case 'lock':
        lock()
        return true
      case 'unlock':
        unlock()
        return true
      case 'end-session':
        endSession()
        return true
      case 'check':
        lookAgain()
        return true
      case 'reload-policy':
        reloadPolicy()
        return true
      case 'support':
        return support(by)
      case 'message':
        return true
      default:
        return assertNever(kind)
    }
  }
}
