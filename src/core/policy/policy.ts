import { revocationSchema } from '../accommodation/accommodation'
import { z } from 'zod'
import { judgedRuleIds, rulesSchema, type Rules } from '../judgement/rule'
import { applicationPolicySchema, applicationsFor } from '../application/policy'
import { modelChoiceSchema } from '../model/choose'
import { certificationPolicySchema } from '../integration/certification'
import { breakGlassPolicySchema } from './break-glass'
import { checkRulesSchema } from './checks'
import { coreShareField } from './core-share'
import { desktopPolicySchema } from './desktop'
import { offlineSignInSchema } from '../offline/policy'
import { isHarder, layersOf, mergedRules, rulesFor, type Whose } from './layers'
import { recoverySchema } from './recovery'
import { roomFor, roomSchema } from './room'
import { sensorLimitFields } from './sensor-limits'
import { lockedSchema, peopleSchema, teamsSchema } from './team'
import { sessionPolicySchema } from './session'
import { siteRuleSchema } from './site-rule'
import { softphoneProblem, softphoneSchema } from './softphone'
import { supervisionSchema } from './supervision'
import { vpnSchema } from './vpn'

/** A web application of the workspace. `url` is where it starts; it may reach its own origin, and what `sites` lists. */
export const applicationSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/, 'lower-case letters, digits and hyphens, at most 40'),
  title: z.string().min(1).max(60),
  url: z.url({ protocol: /^https?$/ }),
  /** Further places that it may go to and load from: where people sign in, pictures, a second host. */
  sites: z.array(siteRuleSchema).max(20).optional()
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
    /** Where people sit and where mirrors hang, where all desks are alike; left out: nothing is drawn. */
    room: roomSchema.optional(),
    ...sensorLimitFields
  }),
  workspace: z.strictObject({
    applications: z.array(applicationSchema).min(1).max(20),
    /** The one application that may have the microphone; left out: none has it. */
    softphone: softphoneSchema.optional()
  }),
  /** How long signed-in desks go on without the hub before they hide, milliseconds; at most a day. */
  hubGraceMs: z.number().int().min(0).max(86_400_000)
}

/** What a policy asks of the computer itself. */
export const devicePolicySchema = z.strictObject({
  /** `tpm`: the device key has to be in a TPM; the hub neither enrols nor signs in at a desk whose key is elsewhere. */
  keyClass: z.enum(['keychain', 'tpm']).optional()
})

/** A desktop elsewhere, shown by a gateway in HTML5 (Guacamole, noVNC) as an application of the workspace. */
export const virtualDesktopSchema = z.strictObject({
  /** The `id` of the application that is the gateway. */
  application: z.string().min(1).max(40)
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
    /** Which programs may run beside Havendesk; left out: nothing is looked at. */
    applications: applicationPolicySchema.optional(),
    /** What is on the screen and around it while somebody works; left out: nothing of it is touched. */
    desktop: desktopPolicySchema.optional(),
    /** The VPN that everything has to leave by; left out: none is asked for. */
    vpn: vpnSchema.optional(),
    /** Who may waive one check for a while; left out: nobody. */
    breakGlass: breakGlassPolicySchema.optional(),
    /** Left out: no accommodation is taken. `revoked` are those that count no more, whoever hands them out. */
    accommodations: z.strictObject({ revoked: z.array(revocationSchema).max(500) }).optional(),
    /** Work happens on a virtual desktop alone: its gateway is the one application that opens, and that is reachable. */
    virtualDesktop: virtualDesktopSchema.optional(),
    /** Signing in without the hub; left out: nobody can. */
    offlineSignIn: offlineSignInSchema.optional(),
    /** When sessions at a desk end by themselves; left out: with the shift, or by the hub's or a person's act. */
    session: sessionPolicySchema.optional(),
    /** Which licences and certifications who begins a shift has to hold; left out: none is asked for. */
    certifications: certificationPolicySchema.optional(),
    /** How alerts are answered and passed on; left out: in the usual times. */
    supervision: supervisionSchema.optional(),
    /** What single teams do otherwise, by the team's name. */
    teams: teamsSchema.optional(),
    /** What is otherwise for single people, by their id at the hub. */
    people: peopleSchema.optional(),
    /** What neither a team nor a person may have otherwise. */
    locked: lockedSchema.optional(),
    /** By what a desk is brought back that a policy went wrong on: no policy is signed that would block it. */
    recovery: recoverySchema.optional()
  })
  .check(({ value, issues }) => {
    if (value.applications === undefined) {
      const named = [
        ...Object.entries(value.teams ?? {}).map((one) => ['teams', ...one] as const),
        ...Object.entries(value.people ?? {}).map((one) => ['people', ...one] as const)
      ]
      for (const [layer, name, { applications }] of named) {
        if (applications === undefined) continue
        const message =
          'the policy has no field applications, so nothing is looked at; give it one, which may be {}'
        issues.push({ code: 'custom', input: applications, path: [layer, name, 'applications'], message })
      }
    }
    const gateway = value.virtualDesktop?.application
    if (gateway !== undefined && !value.workspace.applications.some(({ id }) => id === gateway)) {
      const message = `no application has this id; there are ${value.workspace.applications.map(({ id }) => id).join(', ')}`
      issues.push({ code: 'custom', input: gateway, path: ['virtualDesktop', 'application'], message })
    }
    const softphone = softphoneProblem(value.workspace)
    if (softphone !== null) {
      issues.push({ code: 'custom', input: value.workspace.softphone, ...softphone })
    }
    const named = (team: string, person: string | null): Rules => mergedRules(value, { team, person })
    const places: readonly (readonly [Rules, readonly string[]])[] = [
      [value.rules, ['rules']],
      [named('', null), ['locked', 'rules']],
      ...Object.keys(value.teams ?? {}).map((team) => [named(team, null), ['teams', team, 'rules']] as const),
      ...Object.keys(value.people ?? {}).map(
        (person) => [named('', person), ['people', person, 'rules']] as const
      )
    ]
    // What is wrong in a layer is wrong in those over it: it is told once, where it stands.
    const told = new Set<string>()
    for (const [rules, path] of places) {
      for (const id of judgedRuleIds) {
        const { response, escalate } = rules[id]
        if (escalate === undefined || isHarder(escalate.to, response)) continue
        const gist = `${id} ${escalate.to} ${response}`
        if (told.has(gist)) continue
        told.add(gist)
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

/** The policy as it is for somebody: one set of rules, with every layer in it, and nobody else named. */
export function policyFor(policy: Policy, whose: string | Whose): Policy {
  const { teams, people, locked, ...common } = policy
  const layered = { rules: common.rules, teams, people, locked }
  const who: Whose = typeof whose === 'string' ? { team: whose } : whose
  const { team, person } = layersOf(layered, who)
  const applications = applicationsFor(common.applications, [person?.applications, team?.applications])
  const room = roomFor(common.sensor.room, person?.room)
  return {
    ...common,
    sensor: room === undefined ? common.sensor : { ...common.sensor, room },
    workspace: workspaceOf(policy),
    rules: rulesFor(layered, who),
    ...(applications === undefined ? {} : { applications })
  }
}

/** Where a virtual desktop is asked for, there is nothing beside it: no tab, and no way through the proxy. */
function workspaceOf({ workspace, virtualDesktop }: Policy): Policy['workspace'] {
  if (virtualDesktop === undefined) return workspace
  const { softphone } = workspace
  return {
    applications: workspace.applications.filter(({ id }) => id === virtualDesktop.application),
    ...(softphone?.application === virtualDesktop.application ? { softphone } : {})
  }
}
