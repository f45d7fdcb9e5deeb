import { z } from 'zod'
import { judgedRuleIds, responseSchema, rulesSchema, type Response, type Rules } from '../judgement/rule'
import { modelChoiceSchema } from '../model/choose'
import { checkRulesSchema } from './checks'
import { coreShareField } from './core-share'
import { offlineSignInSchema } from '../offline/policy'
import { sensorLimitFields } from './sensor-limits'
import { rulesOf, teamsSchema } from './team'
import { vpnSchema } from './vpn'

/** A web application of the workspace. `url` is where it starts; its origin is the only one it may reach. */
export const applicationSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens, at most 40'),
  title: z.string().min(1).max(60),
  url: z.url({ protocol: /^https?$/ })
})
export type Application = z.infer<typeof applicationSchema>

/** Everything of a policy but its rules: the same in every version of the schema so far. */
export const policyFrame = {
  organisation: z.string().min(1).max(80),
  /** Rises with every change; a device never goes back. */
  version: z.number().int().positive(),
  issuedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  sensor: z.strictObject({
    /** Longest silence of the sensor before the desk hides, milliseconds. Three seconds is the product's promise. */
    maxGapMs: z.number().int().min(500).max(3000),
    /** The model that has to look; without it the program's own does. */
    model: modelChoiceSchema.optional(),
    /** Share of one core that looks may take in the long run. */
    coreShare: coreShareField,
    ...sensorLimitFields
  }),
  workspace: z.strictObject({ applications: z.array(applicationSchema).min(1).max(20) }),
  /** How long signed-in desks go on without the hub before they hide, milliseconds; at most a day. */
  hubGraceMs: z.number().int().min(0).max(86_400_000)
}

/** What a policy asks of the computer itself. */
export const devicePolicySchema = z.strictObject({
  /** `tpm`: the device key has to be in a TPM; the hub neither enrols nor signs in at a desk whose key is elsewhere. */
  keyClass: z.enum(['keychain', 'tpm']).optional()
})

/**
 * Version 2 of what a desk must be. Authored by IT as YAML, signed as canonical JSON. Unknown fields are refused. A
 * signed policy names every rule; what an author leaves out is filled in before it is signed.
 */
export const policySchema = z
  .strictObject({
    schema: z.literal(2),
    ...policyFrame,
    rules: rulesSchema,
    /** What the workstation has to be; may be left out. */
    device: devicePolicySchema.optional(),
    /** What follows from the checks of the computer; without it they only report. */
    checks: checkRulesSchema.optional(),
    /** The VPN that everything has to leave by; left out: none is asked for. */
    vpn: vpnSchema.optional(),
    /** Signing in without the hub; left out: nobody can. */
    offlineSignIn: offlineSignInSchema.optional(),
    /** What single teams do otherwise, by the team's name. */
    teams: teamsSchema.optional()
  })
  .check(({ value, issues }) => {
    const places: readonly (readonly [Rules, readonly string[]])[] = [
      [value.rules, ['rules']],
      ...Object.keys(value.teams ?? {}).map(
        (team) => [rulesOf(value.rules, value.teams, team), ['teams', team, 'rules']] as const
      )
    ]
    for (const [rules, path] of places) {
      for (const id of judgedRuleIds) {
        const { response, escalate } = rules[id]
        if (escalate === undefined || isHarder(escalate.to, response)) continue
        issues.push({
          code: 'custom',
          input: escalate.to,
          path: [...path, id, 'escalate', 'to'],
          message: `it has to be harder than the rule's own response, which is ${response}`
        })
      }
    }
  })
export type Policy = z.infer<typeof policySchema>

const isHarder = (one: Response, other: Response): boolean =>
  responseSchema.options.indexOf(one) > responseSchema.options.indexOf(other)

/** The policy as it is for one team: its rules in place of the organisation's, no other team's named. */
export function policyFor(policy: Policy, team: string): Policy {
  const { teams, ...common } = policy
  return { ...common, rules: rulesOf(policy.rules, teams, team) }
}
