import { KERNEL_NAME, plainName, type Fact, type Program } from './program'
import { criterionNames, type ApplicationRule, type CriterionName } from './rule'

/** Whether a rule is about a program. `unknown`: it may be, and what would tell could not be read. */
export type Match = 'yes' | 'no' | 'unknown'

/** All criteria of the rule hold of the program. */
export function matches(rule: ApplicationRule, program: Program): Match {
  const answers = criterionNames.flatMap((name) => {
    const wanted = rule[name]
    return wanted === undefined ? [] : [matchesOne(name, wanted, rule.verdict, program)]
  })
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}

function matchesOne(
  criterion: CriterionName,
  wanted: string,
  verdict: ApplicationRule['verdict'],
  program: Program
): Match {
  switch (criterion) {
    case 'sha256':
      return known(program.sha256, (hash) => hash === wanted)
    case 'path':
      return known(program.path, (path) => patternOf(wanted).test(path))
    case 'signer':
      return known(program.signer, (signer) => signer.toLowerCase() === wanted.toLowerCase())
    case 'originalName':
      return known(program.originalName, (name) => plainName(name) === plainName(wanted))
    case 'name':
      return verdict === 'deny' ? bears(wanted, program) : liesAs(wanted, program)
  }
}

const known = (fact: Fact, holds: (fact: string) => boolean): Match => {
  if (fact === undefined) return 'unknown'
  return fact !== null && holds(fact) ? 'yes' : 'no'
}

/** Denied by any name it bears. A name that was cut off counts only while the file's own cannot be read. */
function bears(wanted: string, { path, names }: Program): Match {
  const name = plainName(wanted)
  if (typeof path === 'string' && plainName(path) === name) return 'yes'
  const own = names.map(plainName)
  if (own.includes(name)) return 'yes'
  if (path !== undefined) return 'no'
  const isCut = name.length > KERNEL_NAME && own.includes(name.slice(0, KERNEL_NAME))
  return isCut ? 'yes' : 'unknown'
}

/** Allowed by the name of its file alone, and only while the file is there: the rest anybody may choose. */
const liesAs = (wanted: string, { path, gone }: Program): Match =>
  gone === null ? known(path, (text) => plainName(text) === plainName(wanted)) : 'no'

const patterns = new Map<string, RegExp>()

/** A path with stars as an expression. Windows does not tell capitals from small letters. */
function patternOf(path: string): RegExp {
  const before = patterns.get(path)
  if (before !== undefined) return before
  const source = path
    .split(/(\*\*|\*)/)
    .map((part) =>
      part === '**' ? '.*' : part === '*' ? '[^/\\\\]*' : part.replace(/[.+^${}()|[\]\\?]/g, '\\$&')
    )
    .join('')
  const made = new RegExp(`^${source}$`, path.includes('\\') ? 'isu' : 'su')
  patterns.set(path, made)
  return made
}

/**
 * How much a rule says about a program, as one number. A hash is one program; a path without stars one place; a signer
 * one maker; then the name that the maker gave, the name of the file, and last a path with stars, the more the longer it
 * is. Criteria add up, so a rule that names more of them is more specific than one that names fewer of the same.
 */
export function specificityOf(rule: ApplicationRule): number {
  const { path } = rule
  const hasStars = path?.includes('*') === true
  const exact = path !== undefined && !hasStars
  return (
    (rule.sha256 === undefined ? 0 : 32) +
    (exact ? 16 : 0) +
    (rule.signer === undefined ? 0 : 8) +
    (rule.originalName === undefined ? 0 : 4) +
    (rule.name === undefined ? 0 : 2) +
    (hasStars ? 0.5 + path.replaceAll('*', '').length / 1000 : 0)
  )
}
