import { Document, isScalar, visit, type Scalar } from 'yaml'
import { layersFor } from '../../core/policy/layers'
import { policyFor, type Policy } from '../../core/policy/policy'
import { ProvisionError } from '../problem'
import type { AuthoredPolicy } from './author'

/** Whom a policy is explained for. */
export interface ExplainFor {
  /** A team's name, or a person's id at the hub. */
  readonly who: string
  /** The team of the person. */
  readonly team?: string | undefined
}

/**
 * A policy as somebody has it, as YAML in which each value says where it comes from: the path of the layer that it stands
 * in and its line in the file, or that it is a default. Throws when the policy does not name who is meant.
 */
export function explainPolicy({ policy, lineOf }: AuthoredPolicy, { who, team }: ExplainFor): string {
  const whose = whoseOf(policy, who, team)
  const layers = layersFor(policy, whose)
  const document = new Document(policyFor(policy, whose))
  const sourceOf = (path: readonly string[]): string => {
    const [first, rule = '', ...field] = path
    const written = (at: readonly string[]): string => `${at.join('.')}, line ${String(lineOf(at) ?? '?')}`
    if (first === 'rules') {
      const says = (name: string): readonly string[] | null => {
        const layer = layers.findLast(({ rules }) => valueAt(rules, [rule, name]) !== undefined)
        return layer === undefined ? null : [...layer.path, rule, name]
      }
      const reports = says('reportOnly') ?? ['rules', rule, 'reportOnly']
      const isSilenced = valueAt(policy, reports) === true
      if (field[0] === 'response' && isSilenced) return `report only: ${written(reports)}`
      const layered = says(field[0] ?? '')
      if (layered !== null) return written(layered)
    }
    return lineOf(path) === null ? 'default' : written(path)
  }
  visit(document, {
    Scalar(key, node, ancestors) {
      if (key === 'key') return
      const path = pathOf(ancestors, node)
      if (path !== null) node.comment = ` ${sourceOf(path)}`
    }
  })
  return document.toString({ lineWidth: 0 })
}

function whoseOf(policy: Policy, who: string, team: string | undefined) {
  const teams = Object.keys(policy.teams ?? {})
  const people = Object.keys(policy.people ?? {})
  if (team !== undefined && !teams.includes(team)) throw unnamed('team', team, teams)
  if (people.includes(who)) return { team: team ?? '', person: who }
  if (teams.includes(who)) return { team: who, person: null }
  throw unnamed('team or person', who, [...teams, ...people])
}

const unnamed = (what: string, name: string, known: readonly string[]): ProvisionError =>
  new ProvisionError(
    `The policy has no words of its own for the ${what} "${name}": ${known.length === 0 ? 'it names none' : `it names ${known.join(', ')}`}.`
  )

/** The path of a scalar, from the pairs and sequences above it; null for one that a sequence holds. */
function pathOf(ancestors: readonly unknown[], node: Scalar): readonly string[] | null {
  const path: string[] = []
  let at: unknown = node
  for (const above of ancestors.toReversed()) {
    if (isPair(above)) path.unshift(String(isScalar(above.key) ? above.key.value : above.key))
    else if (hasItems(above) && !above.items.some(isPair)) path.unshift(String(above.items.indexOf(at)))
    at = above
  }
  return path.length === 0 ? null : path
}

const isPair = (value: unknown): value is { readonly key: unknown } =>
  typeof value === 'object' && value !== null && 'key' in value && 'value' in value
const hasItems = (value: unknown): value is { readonly items: readonly unknown[] } =>
  typeof value === 'object' && value !== null && 'items' in value && Array.isArray(value.items)

/** What stands at a path of plain values; undefined when nothing does. */
function valueAt(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, key) =>
      typeof at === 'object' && at !== null && Object.hasOwn(at, key)
        ? (at as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value
  )
}
