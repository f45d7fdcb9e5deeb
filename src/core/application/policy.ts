import { z } from 'zod'
import type { RuleLayers } from './decide'
import { knownKinds, knownRules } from './known'
import {
  applicationResponseSchema,
  applicationRulesSchema,
  type ApplicationLayer,
  type ApplicationResponse,
  type ApplicationRule
} from './rule'

/**
 * The field `applications` of a policy: which programs may run beside Havendesk. Without it nothing is looked at. A
 * field that is left out has its default: then the programs that Havendesk knows are denied, and only reported.
 */
export const applicationPolicySchema = z.strictObject({
  /** What follows from a program that is denied, where its rule does not say. */
  response: applicationResponseSchema.default('report'),
  /** What holds for a program that no rule names. */
  otherwise: z.enum(['allow', 'allow-installed', 'deny']).default('allow'),
  /** Which of the programs that Havendesk knows are denied. */
  known: z
    .array(z.enum(knownKinds))
    .max(knownKinds.length)
    .default([...knownKinds]),
  /** What follows while it cannot be told what runs. Left out: `blank` where a program can hide the desk, else `report`. */
  unknown: z.enum(['report', 'blank']).optional(),
  rules: applicationRulesSchema.default([]),
  /** Rules that stand before `rules`, and win among equals. Those of a team and a person get here on the desk. */
  above: applicationRulesSchema.optional(),
  /** Rules that neither a team nor a person may have otherwise. */
  locked: applicationRulesSchema.default([])
})
export type ApplicationPolicy = z.infer<typeof applicationPolicySchema>

/** The policy for somebody: the rules of each layer, highest first, before the organisation's. */
export function applicationsFor(
  policy: ApplicationPolicy | undefined,
  layers: readonly (ApplicationLayer | undefined)[]
): ApplicationPolicy | undefined {
  const rules = layers.flatMap((layer) => layer?.rules ?? [])
  return policy === undefined || rules.length === 0
    ? policy
    : { ...policy, above: [...rules, ...(policy.above ?? [])] }
}

/** The rules as they are asked, layer by layer. */
export const ruleLayersOf = ({ locked, above, rules, known, otherwise }: ApplicationPolicy): RuleLayers => ({
  locked,
  layers: [above ?? [], rules, knownRules(known)],
  otherwise
})

/** Every response that can follow under the policy. */
function responsesOf({ response, locked, above, rules }: ApplicationPolicy): readonly ApplicationResponse[] {
  const written = [...locked, ...(above ?? []), ...rules].filter(({ verdict }) => verdict === 'deny')
  return [response, ...written.flatMap(({ response: own }: ApplicationRule) => own ?? [])]
}

/** What follows while it cannot be told what runs: what could hide the desk does so. */
export function unknownOf(policy: ApplicationPolicy): 'report' | 'blank' {
  const hides = responsesOf(policy).some((response) => response === 'blank' || response === 'close')
  return policy.unknown ?? (hides ? 'blank' : 'report')
}

/** True when some rule asks who made a file, or whether it is installed: else nobody asks for it. */
export const wantsMakers = ({ locked, above, rules, otherwise }: ApplicationPolicy): boolean =>
  otherwise === 'allow-installed' ||
  [...locked, ...(above ?? []), ...rules].some(
    ({ signer, originalName }) => signer !== undefined || originalName !== undefined
  )

/** True when some rule asks for the hash of files: else nobody reads them. */
export const wantsHashes = ({ locked, above, rules }: ApplicationPolicy): boolean =>
  [...locked, ...(above ?? []), ...rules].some(({ sha256 }) => sha256 !== undefined)
