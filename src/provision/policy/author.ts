import { isMap, LineCounter, parseDocument, type Document } from 'yaml'
import type { z } from 'zod'
import { MAX_POLICY_BYTES } from '../../core/policy/envelope'
import { parsePolicy, withDefaultRules } from '../../core/policy/migrate'
import { conflictsOf } from '../../core/policy/conflicts'
import { recoveryProblems, type RecoveryProblem } from '../../core/policy/recovery'
import type { Policy } from '../../core/policy/policy'
import { withDefaultVpn } from '../../core/policy/vpn'
import { err, ok, type Result } from '../../core/result'

/** One thing wrong with an authored policy. */
export interface PolicyProblem {
  /** Line of the YAML, from 1; null when the field is missing altogether. */
  readonly line: number | null
  /** Dotted path of the field; empty for the document itself. */
  readonly field: string
  readonly problem: string
}

/**
 * Reads a policy that IT wrote as YAML. `fill` supplies top-level fields that the author left out, such as the dates
 * of issue and expiry; rules and fields of rules that were left out get their defaults. What is written always wins.
 * Every problem is reported, with its line.
 */
export function readPolicy(
  yaml: string,
  fill: Partial<Policy> = {}
): Result<Policy, readonly PolicyProblem[]> {
  const read = readAuthored(yaml, fill)
  return read.ok ? ok(read.value.policy) : read
}

/** A policy as it was written, and as it will be signed. */
export interface AuthoredPolicy {
  readonly policy: Policy
  /** Where a field stands in the file, from 1; null when the author left it out. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | null
}

/** Like `readPolicy`, and keeps where everything was written. */
export function readAuthored(
  yaml: string,
  fill: Partial<Policy> = {}
): Result<AuthoredPolicy, readonly PolicyProblem[]> {
  const read = readPlaced(yaml, 'a policy', (written) => {
    const parsed = parsePolicy(withDefaultVpn(withDefaultRules({ ...fill, ...written })))
    if (!parsed.ok) return parsed
    const found = authoringIssues(parsed.value)
    return found.length === 0 ? parsed : err(found)
  })
  return read.ok ? ok({ policy: read.value.value, lineOf: read.value.lineOf }) : read
}

/** Reads YAML of IT's into what `parse` makes of its fields. Every problem is reported, with its line. */
export function readYaml<T>(
  yaml: string,
  what: string,
  parse: (written: object) => Result<T, readonly z.core.$ZodIssue[]>
): Result<T, readonly PolicyProblem[]> {
  const read = readPlaced(yaml, what, parse)
  return read.ok ? ok(read.value.value) : read
}

interface Placed<T> {
  readonly value: T
  readonly lineOf: AuthoredPolicy['lineOf']
}

function readPlaced<T>(
  yaml: string,
  what: string,
  parse: (written: object) => Result<T, readonly z.core.$ZodIssue[]>
): Result<Placed<T>, readonly PolicyProblem[]> {
  if (Buffer.byteLength(yaml) > MAX_POLICY_BYTES) {
    return err([{ line: null, field: '', problem: `larger than ${MAX_POLICY_BYTES} bytes` }])
  }
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: true, schema: 'core', merge: false })
  if (document.errors.length > 0) {
    return err(
      document.errors.map((error) => ({
        line: error.linePos?.[0].line ?? null,
        field: '',
        problem: error.message.split('\n')[0] ?? 'not YAML'
      }))
    )
  }
  if (!isMap(document.contents)) return err([{ line: 1, field: '', problem: `${what} is a map of fields` }])
  const written = plain(document)
  if (written === null) return err([{ line: null, field: '', problem: `aliases are not used in ${what}` }])
  const parsed = parse(written)
  if (!parsed.ok) return err(parsed.error.flatMap((issue) => problemsOf(issue, document, lines)))
  return ok({ value: parsed.value, lineOf: (path) => lineOf(path, document, lines) })
}

/** What the schema takes and no author means: told before anything else of it is looked at, by one kind at a time. */
function authoringIssues(policy: Policy): readonly z.core.$ZodIssue[] {
  const { issuedAt, expiresAt } = policy
  const found =
    Date.parse(expiresAt) <= Date.parse(issuedAt)
      ? [{ path: ['expiresAt'], problem: 'it has to be after issuedAt' }]
      : [...conflictProblems(policy), ...recoveryProblems(policy)]
  return found.map(({ path, problem }) => ({
    code: 'custom',
    path: [...path],
    message: problem,
    input: policy
  }))
}

const conflictProblems = (policy: Policy): readonly RecoveryProblem[] =>
  conflictsOf(policy).map(({ path, lockedBy, lockedAs }) => ({
    path,
    problem: `${lockedBy.join('.')} locks it as ${JSON.stringify(lockedAs)}, so this has no effect; take one of the two away`
  }))

/** One problem as a line of text: `line 7: rules.phone.enterMs: Too big…`. */
export const describeProblem = ({ line, field, problem }: PolicyProblem): string =>
  [line === null ? [] : [`line ${line}`], field === '' ? [] : [field], problem].flat().join(': ')

/** The document as plain values; null when it has aliases, which could make a small file huge. */
function plain(document: Document): object | null {
  try {
    return document.toJS({ maxAliasCount: 0 }) as object
  } catch (error) {
    if (error instanceof ReferenceError) return null
    throw error
  }
}

function problemsOf(issue: z.core.$ZodIssue, document: Document, lines: LineCounter): PolicyProblem[] {
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys : null
  const paths = unknown === null ? [issue.path] : unknown.map((key) => [...issue.path, key])
  return paths.map((path) => ({
    line: lineOf(path, document, lines),
    field: path.map(String).join('.'),
    problem: unknown === null ? issue.message : 'this field is not known; is it spelled right?'
  }))
}

function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number | null {
  const node: unknown = document.getIn(path, true)
  const range = typeof node === 'object' && node !== null && 'range' in node ? node.range : null
  return Array.isArray(range) && typeof range[0] === 'number' ? lines.linePos(range[0]).line : null
}
