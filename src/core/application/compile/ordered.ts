import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import { knownRules } from '../known'
import { specificityOf } from '../match'
import type { ApplicationPolicy } from '../policy'
import type { ApplicationRule } from '../rule'

/** What an operating system's own enforcement is given, and what of the policy it cannot say. */
export interface Compiled {
  readonly text: string
  /** One line for each rule that is not in it, with the reason. Never empty in silence. */
  readonly untold: readonly string[]
  readonly denials: Denials
}

/** How many of the policy's denials a system is told, and how many it cannot be told; that of all the rest counts as one. */
export interface Denials {
  readonly told: number
  readonly untold: number
}

/** Counts them by what the system can say of a rule. */
export function denialsOf(policy: ApplicationPolicy, isTold: (rule: ApplicationRule) => boolean): Denials {
  const denied = orderedRules(policy).filter(({ act }) => act === 'deny')
  const told = denied.filter(({ rule }) => isTold(rule)).length
  return { told: told + (policy.otherwise === 'allow' ? 0 : 1), untold: denied.length - told }
}

export interface CompileOptions {
  /** False: what would be denied is only written down by the system. */
  readonly enforce: boolean
}

/** What the system does with a rule: a policy that only reports or warns stops nothing. */
export type Act = 'allow' | 'deny' | 'note'

export interface OrderedRule {
  readonly rule: ApplicationRule
  readonly act: Act
}

/** Every rule of the policy in the order in which a system that takes the first match has to ask them. */
export function orderedRules(policy: ApplicationPolicy): readonly OrderedRule[] {
  const layers = [policy.above ?? [], policy.rules, knownRules(policy.known)]
  const actOf = (rule: ApplicationRule): Act => {
    if (rule.verdict === 'allow') return 'allow'
    const response = rule.response ?? policy.response
    return response === 'close' || response === 'blank' ? 'deny' : 'note'
  }
  const sorted = (rules: readonly { readonly rule: ApplicationRule; readonly layer: number }[]) =>
    rules.toSorted(
      (one, other) =>
        specificityOf(other.rule) - specificityOf(one.rule) ||
        one.layer - other.layer ||
        Number(one.rule.verdict === 'allow') - Number(other.rule.verdict === 'allow')
    )
  const locked = sorted(policy.locked.map((rule) => ({ rule, layer: 0 })))
  const rest = sorted(layers.flatMap((rules, layer) => rules.map((rule) => ({ rule, layer }))))
  return [...locked, ...rest].map(({ rule }) => ({ rule, act: actOf(rule) }))
}

/** A rule in a few words, for lists of what is not told. */
export function describeRule({ verdict, sha256, path, signer, originalName, name }: ApplicationRule): string {
  const says = Object.entries({ sha256, path, signer, originalName, name }).filter(
    ([, value]) => value !== undefined
  )
  return `${verdict} ${says.map(([key, value]) => `${key} ${String(value)}`).join(', ')}`
}

/** SHA-256 of a text, hex. */
export const hashOf = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)))

/** The same rule has the same identifier in every run: a new compilation replaces the one before. */
export function identifierOf(text: string): string {
  const hex = hashOf(text)
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32)
  ].join('-')
}

/** Text as it may stand in XML, in an element or an attribute. */
export const xml = (text: string): string =>
  text.replace(/[&<>"']/g, (sign) => `&#${String(sign.charCodeAt(0))};`)
