import type { ApplicationPolicy } from '../policy'
import type { ApplicationRule } from '../rule'
import {
  denialsOf,
  describeRule,
  orderedRules,
  type Act,
  type Compiled,
  type CompileOptions
} from './ordered'

/** Where Debian's packages put programs. fapolicyd knows no name apart from a path, so a name is denied there. */
const FOLDERS = ['/usr/bin', '/usr/local/bin', '/usr/sbin', '/usr/games'] as const

const decisions: Readonly<Record<Act, string>> = { allow: 'allow', deny: 'deny_syslog', note: 'allow_syslog' }

/**
 * Rules for fapolicyd, in the format of fapolicyd.rules(5) (1.1.7 of Debian 12): the first that matches decides, fields
 * of an object are and'ed, there are no wildcards, and a value ends at a space or a comma.
 */
export function compileFapolicyd(policy: ApplicationPolicy, { enforce }: CompileOptions): Compiled {
  const lines: string[] = []
  const untold: string[] = []
  for (const { rule, act } of orderedRules(policy)) {
    const objects = objectsOf(rule)
    if (typeof objects === 'string') untold.push(`${describeRule(rule)}: ${objects}`)
    else {
      if (rule.name !== undefined && rule.sha256 === undefined)
        untold.push(`${describeRule(rule)}: told for ${FOLDERS.join(', ')} alone`)
      const decision = decisions[act === 'deny' && !enforce ? 'note' : act]
      lines.push(...objects.map((object) => `${decision} perm=execute all : ${object}`))
    }
  }
  const rest =
    policy.otherwise === 'allow'
      ? []
      : [
          'allow perm=execute all : trust=1',
          `${enforce ? 'deny_syslog' : 'allow_syslog'} perm=execute all : all`
        ]
  if (rest.length > 0)
    untold.push(
      'otherwise allow-installed: fapolicyd of Debian trusts only files that it was told of. Tell it of the system’s (fapolicyd-cli --file add) before you enforce, or nothing starts'
    )
  return {
    text: `${[...lines, ...rest, 'allow perm=any all : all'].join('\n')}\n`,
    untold,
    denials: denialsOf(policy, (rule) => typeof objectsOf(rule) !== 'string')
  }
}

/** The objects that a rule is about; why there are none otherwise. */
function objectsOf({
  sha256,
  path,
  signer,
  originalName,
  name
}: ApplicationRule): readonly string[] | string {
  if (signer !== undefined || originalName !== undefined)
    return 'files of Linux have neither signer nor original name'
  const hash = sha256 === undefined ? [] : [`sha256hash=${sha256}`]
  const placed = placesOf(path, name)
  if (typeof placed === 'string') return placed
  return placed.length === 0 ? hash : placed.map((place) => [...hash, place].join(' '))
}

function placesOf(path: string | undefined, name: string | undefined): readonly string[] | string {
  if (path !== undefined && name !== undefined) return 'a path and a name together cannot be said'
  if (path?.includes('\\') === true) return 'it is a path of Windows'
  if (/[\s,]/.test(`${path ?? ''}${name ?? ''}`)) return 'a space or a comma ends the value'
  if (name !== undefined) return FOLDERS.map((folder) => `path=${folder}/${name}`)
  if (path === undefined) return []
  if (!path.includes('*')) return [`path=${path}`]
  return path.endsWith('/**') && !path.slice(0, -2).includes('*')
    ? [`dir=${path.slice(0, -2)}`]
    : 'wildcards within a path cannot be said'
}
