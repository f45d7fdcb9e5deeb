import { z } from 'zod'
import { enforcementSchema } from '../check/enforcement'
import { checkNames, type CheckName } from '../check/names'

/** A check that is looked at every half minute counts for four rounds where a policy does not say, milliseconds. */
const OFTEN = { least: 60_000, usual: 120_000 } as const
/** One that costs more than a look is looked at every ten minutes, and counts for three rounds. */
const SELDOM = { least: 1_200_000, usual: 1_800_000 } as const

/** What every check has: what follows, and after how long its answer is stale. What is not said has its default. */
const common = ({ least, usual }: typeof OFTEN | typeof SELDOM) => ({
  enforcement: enforcementSchema.default('report'),
  /** Milliseconds, from two rounds of the check to a day. */
  maxAgeMs: z.number().int().min(least).max(86_400_000).default(usual)
})
const plain = z.strictObject(common(OFTEN)).prefault({})
const plainSeldom = z.strictObject(common(SELDOM)).prefault({})

const days = (most: number): z.ZodNumber => z.number().int().min(1).max(most)
const version = z.string().regex(/^\d{1,6}(\.\d{1,6}){0,3}$/, 'digits and dots, such as 12 or 10.0.22631')

/**
 * The field `checks` of a policy: what the computer has to be, check by check. A check that is left out only reports,
 * under the limits written here; so does every check of a policy without the field.
 */
export const checkRulesSchema = z.strictObject({
  service: plain,
  'os-updates': z
    .strictObject({
      ...common(SELDOM),
      /** The lowest version by system: `debian`, `ubuntu`, `windows`, `macos` and so on. A system not named may have any. */
      minVersions: z.record(z.string().regex(/^[a-z0-9._-]{1,40}$/), version).default({}),
      /** Security updates that may wait. */
      maxSecurityUpdates: z.number().int().min(0).max(1000).default(0),
      /** How old the system's list of updates may be, days. */
      maxListAgeDays: days(90).default(7)
    })
    .prefault({}),
  antivirus: z
    .strictObject({
      ...common(SELDOM),
      maxSignatureAgeDays: days(90).default(3),
      /** Takes signature databases that nobody signed, such as an organisation's own. */
      allowUnsignedSignatures: z.boolean().default(false)
    })
    .prefault({}),
  firewall: plain,
  'disk-encryption': plainSeldom,
  'screen-lock': z
    .strictObject({
      ...common(OFTEN),
      /** The longest idle time until the screen locks, minutes. */
      maxIdleMinutes: z.number().int().min(1).max(120).default(15)
    })
    .prefault({}),
  'secure-boot': plainSeldom,
  tpm: plainSeldom,
  'local-admin': plain,
  'virtual-machine': plainSeldom,
  'remote-control': z
    .strictObject({
      ...common(OFTEN),
      /** Names of further programs that count as remote control, beside those the program knows. */
      programs: z
        .array(z.string().regex(/^[\w .+-]{2,60}$/))
        .max(100)
        .default([]),
      /** Names of programs that do not count, although the program knows them: a reader or a magnifier of the screen. */
      except: z
        .array(z.string().regex(/^[\w .+-]{2,60}$/))
        .max(40)
        .optional()
    })
    .prefault({}),
  displays: z
    .strictObject({
      ...common(OFTEN),
      maxCount: z.number().int().min(1).max(8).default(2),
      allowMirrored: z.boolean().default(false)
    })
    .prefault({}),
  'usb-storage': z
    .strictObject({
      ...common(OFTEN),
      /** How many drives there may be; without it none. */
      maxDrives: z.number().int().min(0).max(4).optional()
    })
    .prefault({}),
  'virtual-camera': plain,
  wifi: z
    .strictObject({
      ...common(OFTEN),
      /** Names of the networks that may be used; without it any protected network may. */
      networks: z.array(z.string().min(1).max(32)).max(100).optional()
    })
    .prefault({}),
  clock: plain,
  'application-control': plain
} satisfies Record<CheckName, z.ZodType>)

/** Every check's rule, none left out. */
export type CheckRules = z.infer<typeof checkRulesSchema>
export type CheckRule<Name extends CheckName = CheckName> = CheckRules[Name]

/** What holds where a policy says nothing: every check reports, and nothing follows. */
export const defaultCheckRules: CheckRules = checkRulesSchema.parse({})

/** The rules of a policy, or those that hold without one. */
export const checkRulesOf = (policy: { readonly checks?: CheckRules | undefined } | null): CheckRules =>
  policy?.checks ?? defaultCheckRules

/** Names of the checks that hide the desk unless they pass. */
export const blockingChecks = (rules: CheckRules): readonly CheckName[] =>
  checkNames.filter((name) => rules[name].enforcement === 'block')

/** The rules while one check is waived: it goes on being looked at and told, and nothing follows from it. */
export const withWaived = (rules: CheckRules, waived: CheckName | null): CheckRules =>
  waived === null ? rules : { ...rules, [waived]: { ...rules[waived], enforcement: 'report' } }
