import { z } from 'zod'

/** What follows when a program that is denied runs, mildest first. */
export const applicationResponseSchema = z.enum([
  /** IT and the supervisor read of it. */
  'report',
  /** The person is told too. */
  'warn',
  /** It is asked to end, then ended; while it cannot be ended the desk is hidden. */
  'close',
  /** The desk is hidden until it is gone. */
  'blank'
])
export type ApplicationResponse = z.infer<typeof applicationResponseSchema>

/** A whole path, `/` or a drive first. `*` stands for anything within one folder, `**` for anything at all. */
const pathPattern = z
  .string()
  .max(300)
  .regex(
    /^(\/|[A-Za-z]:\\|\*\*[/\\])[^\p{Cc}"<>|?]*$/u,
    'a whole path, such as /usr/bin/obs or C:\\Tools\\**'
  )
  .refine((path) => !/(^|[/\\])\.\.?([/\\]|$)/.test(path), 'a path without . and ..')
  .refine((path) => !path.includes('***'), 'at most two stars together')

/** What a program may be known by. A rule that names several wants all of them. */
const criteria = {
  /** SHA-256 of its file. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, '64 hexadecimal digits in lower case')
    .optional(),
  path: pathPattern.optional(),
  /** The whole name of its signer: `AnyDesk Software GmbH`, or a team of Apple's (`KU6W3B6JMZ`). */
  signer: z.string().min(2).max(200).optional(),
  originalName: z
    .string()
    .regex(/^[^/\\\p{Cc}]{2,100}$/u, 'the name of a program without its folder')
    .optional(),
  name: z
    .string()
    .regex(/^[^/\\\p{Cc}]{2,100}$/u, 'the name of a program without its folder')
    .optional()
}
export const criterionNames = ['sha256', 'path', 'signer', 'originalName', 'name'] as const
export type CriterionName = (typeof criterionNames)[number]

/** One line of a policy's lists of applications. */
export const applicationRuleSchema = z
  .strictObject({
    verdict: z.enum(['allow', 'deny']),
    ...criteria,
    /** How the program is called to a person; without it, by the name in the rule. */
    title: z.string().min(1).max(60).optional(),
    /** What follows here, where it is not what follows elsewhere. */
    response: applicationResponseSchema.optional()
  })
  .check(({ value, issues }) => {
    if (criterionNames.every((name) => value[name] === undefined)) {
      const message = `it names no program: give it one of ${criterionNames.join(', ')}`
      issues.push({ code: 'custom', path: [], message, input: value })
    }
    if (value.verdict === 'allow' && value.response !== undefined) {
      const message = 'nothing follows from a program that may run; leave it out, or deny the program'
      issues.push({ code: 'custom', path: ['response'], message, input: value.response })
    }
  })
export type ApplicationRule = z.infer<typeof applicationRuleSchema>

export const applicationRulesSchema = z.array(applicationRuleSchema).max(400)

/** What one team or person has otherwise: these rules stand before those of whoever is above. */
export const applicationLayerSchema = z.strictObject({ rules: applicationRulesSchema.max(100) })
export type ApplicationLayer = z.infer<typeof applicationLayerSchema>
