import type { JudgedRuleId, Response, Rules } from '../judgement/rule'
import { checkRulesOf, type CheckRules } from '../policy/checks'
import { isHarder } from '../policy/layers'
import type { Policy } from '../policy/policy'
import { assertNever } from '../result'
import type { Accommodation, CompensatingControl, Revocation } from './accommodation'

/** True while an accommodation holds for a person; `now` is the latest time that was seen, milliseconds since 1970. */
export const isInForce = (
  { person, issuedAt, expiresAt }: Pick<Accommodation, 'person' | 'issuedAt' | 'expiresAt'>,
  email: string,
  now: number
): boolean => person === email && now >= Date.parse(issuedAt) && now < Date.parse(expiresAt)

/**
 * Why a policy does not let an accommodation count, as a label for a record; null when it does. `firm`: the rules that
 * the policy locks against accommodations.
 */
export function whyNot(
  accommodation: Pick<Accommodation, 'id' | 'kind' | 'version'>,
  { accommodations }: Pick<Policy, 'accommodations'>,
  firm: readonly JudgedRuleId[]
): string | null {
  if (accommodations === undefined) return 'the policy takes none'
  if (accommodations.revoked.some((one) => isRevoked(accommodation, one))) return 'the policy revoked it'
  const rule = relaxedRule(accommodation.kind)
  return rule !== null && firm.includes(rule) ? `the policy locks ${rule}` : null
}

function isRevoked({ id, version }: Pick<Accommodation, 'id' | 'version'>, by: Revocation): boolean {
  return typeof by === 'string' ? by === id : by.id === id && version < by.below
}

/** The rule that a kind relaxes; null where it relaxes a check of the computer, which no layer locks. */
function relaxedRule(kind: Accommodation['kind']): JudgedRuleId | null {
  switch (kind) {
    case 'carer':
      return 'second-person'
    case 'screen-reader':
    case 'magnifier':
    case 'medical-device':
      return null
    default:
      return assertNever(kind)
  }
}

/**
 * The policy as it is for a person with these accommodations: each that the policy lets count relaxes the one thing that
 * its kind names, and makes what its control names stricter. Nothing else changes; a control never loosens.
 */
export function accommodated(
  policy: Policy,
  accommodations: readonly Accommodation[],
  firm: readonly JudgedRuleId[]
): Policy {
  return accommodations
    .filter((one) => whyNot(one, policy, firm) === null)
    .reduce((before, one) => tightened(relaxed(before, one), one.control), policy)
}

function relaxed(policy: Policy, accommodation: Accommodation): Policy {
  const checks = checkRulesOf(policy)
  switch (accommodation.kind) {
    case 'carer': {
      const rule = policy.rules['second-person']
      const others = Math.max(rule.others ?? 0, accommodation.relaxes.others)
      return { ...policy, rules: { ...policy.rules, 'second-person': { ...rule, others } } }
    }
    case 'screen-reader':
    case 'magnifier': {
      const rule = checks['remote-control']
      const except = [...new Set([...(rule.except ?? []), ...accommodation.relaxes.programs])]
      return { ...policy, checks: { ...checks, 'remote-control': { ...rule, except } } }
    }
    case 'medical-device': {
      const rule = checks['usb-storage']
      const maxDrives = Math.max(rule.maxDrives ?? 0, accommodation.relaxes.usbDrives)
      return { ...policy, checks: { ...checks, 'usb-storage': { ...rule, maxDrives } } }
    }
    default:
      return assertNever(accommodation)
  }
}

function tightened(policy: Policy, control: CompensatingControl): Policy {
  return {
    ...policy,
    rules: withResponses(policy.rules, control.responses ?? {}),
    ...(control.maxIdleMinutes === undefined && control.maxDisplays === undefined
      ? {}
      : { checks: withLimits(checkRulesOf(policy), control) })
  }
}

function withResponses(rules: Rules, responses: NonNullable<CompensatingControl['responses']>): Rules {
  const harder = <Id extends 'phone' | 'book' | 'second-person' | 'nobody'>(
    id: Id,
    response: Response | undefined
  ): Rules[Id] => {
    const rule = rules[id]
    if (response === undefined || !isHarder(response, rule.response)) return rule
    const { escalate, ...plain } = rule
    // No repeat is answered more mildly than the first time.
    const stays = escalate !== undefined && isHarder(escalate.to, response)
    return { ...plain, response, ...(stays ? { escalate } : {}) }
  }
  return {
    ...rules,
    phone: harder('phone', responses.phone),
    book: harder('book', responses.book),
    'second-person': harder('second-person', responses['second-person']),
    nobody: harder('nobody', responses.nobody)
  }
}

function withLimits(checks: CheckRules, { maxIdleMinutes, maxDisplays }: CompensatingControl): CheckRules {
  const lock = checks['screen-lock']
  const { displays } = checks
  return {
    ...checks,
    ...(maxIdleMinutes === undefined
      ? {}
      : {
          'screen-lock': {
            ...lock,
            enforcement: 'block' as const,
            maxIdleMinutes: Math.min(lock.maxIdleMinutes, maxIdleMinutes)
          }
        }),
    ...(maxDisplays === undefined
      ? {}
      : {
          displays: {
            ...displays,
            enforcement: 'block' as const,
            maxCount: Math.min(displays.maxCount, maxDisplays)
          }
        })
  }
}
