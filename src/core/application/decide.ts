import { matches, specificityOf } from './match'
import type { Program } from './program'
import type { ApplicationRule } from './rule'

/** Rules in layers, the one that wins among equals first. A locked layer is asked before every other. */
export interface RuleLayers {
  readonly locked: readonly ApplicationRule[]
  /** Person, team, organisation, what the program knows itself. */
  readonly layers: readonly (readonly ApplicationRule[])[]
  /** What holds for a program that no rule names. */
  readonly otherwise: Otherwise
}

/** `allow-installed`: what only the system can change may run, what a person brought may not. */
export type Otherwise = 'allow' | 'allow-installed' | 'deny'

/** What the rules say of one program. */
export type Decision =
  | { readonly kind: 'allowed' }
  /** `rule` is null when no rule names it and what is not named may not run. */
  | { readonly kind: 'denied'; readonly rule: ApplicationRule | null }
  /** Something that would tell could not be read. Never the same as allowed. */
  | { readonly kind: 'unknown' }

/**
 * The most specific rule about the program wins; among equals that of the higher layer, and within a layer a denial. A
 * denial that may hold, because what would tell could not be read, and that would win, makes the answer unknown.
 */
export function decide(program: Program, { locked, layers, otherwise }: RuleLayers): Decision {
  if (program.own) return { kind: 'allowed' }
  const first = among([locked], program)
  if (first !== null) return first
  return among(layers, program) ?? unnamed(program, otherwise)
}

function among(layers: RuleLayers['layers'], program: Program): Decision | null {
  let best: ApplicationRule | null = null
  let doubted: ApplicationRule | null = null
  for (const rules of layers) {
    for (const rule of rules) {
      const match = matches(rule, program)
      if (match === 'yes' && (best === null || beats(rule, best, rules))) best = rule
      // What may allow a program does not.
      if (match === 'unknown' && rule.verdict === 'deny' && (doubted === null || beats(rule, doubted, rules)))
        doubted = rule
    }
  }
  if (best?.verdict === 'deny') return { kind: 'denied', rule: best }
  if (doubted !== null && (best === null || specificityOf(doubted) >= specificityOf(best)))
    return { kind: 'unknown' }
  return best === null ? null : { kind: 'allowed' }
}

/** `sameLayer`: the rules that stand with the new one. Layers come highest first, so only those beat an equal. */
function beats(
  rule: ApplicationRule,
  before: ApplicationRule,
  sameLayer: readonly ApplicationRule[]
): boolean {
  const more = specificityOf(rule) - specificityOf(before)
  if (more !== 0) return more > 0
  return rule.verdict === 'deny' && before.verdict === 'allow' && sameLayer.includes(before)
}

function unnamed({ installed, gone }: Program, otherwise: Otherwise): Decision {
  if (otherwise === 'allow') return { kind: 'allowed' }
  if (otherwise === 'deny') return { kind: 'denied', rule: null }
  if (gone !== null) return { kind: 'denied', rule: null }
  if (installed === undefined) return { kind: 'unknown' }
  return installed ? { kind: 'allowed' } : { kind: 'denied', rule: null }
}
