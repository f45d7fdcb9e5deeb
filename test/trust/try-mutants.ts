import { performance } from 'node:perf_hooks'
import type { PolicyEnvelope } from '../../src/core/policy/envelope'
import { rootOfKey } from '../../src/core/trust/root'
import { beginTrust, takePolicy } from '../../src/core/trust/trust'
import { verifyEd25519 } from '../../src/main/policy/verify'
import { createPolicyKey, signPolicy } from '../../src/provision/index'
import { demoPolicy } from '../hub/support/policy'
import { Chance, changes } from './mutants'

const ORGANISATION = 'Demo Care'
const NOW = Date.parse('2026-06-01T00:00:00.000Z')

export interface MutantReport {
  readonly tried: number
  /** Taken although its signed bytes are not IT's: must stay 0. */
  readonly wrong: readonly string[]
  /** Taken: what surrounds the signed bytes changed, and they did not. */
  readonly exact: number
  readonly byKind: Readonly<Record<string, { readonly tried: number; readonly taken: number }>>
  readonly seconds: number
}

/**
 * Offers `count` changed documents to a desk that holds version 5: changed once to three times from versions 4 to 6 of
 * its own organisation, from another key's, another organisation's and an unsigned one. Only the exact bytes that IT
 * signed, not older than version 5, may be taken; what is held must never change by a refusal.
 */
export function tryMutants(count: number, seed: number): MutantReport {
  const began = performance.now()
  const chance = new Chance(seed)
  const [own, other] = [createPolicyKey(), createPolicyKey()]
  const genuine = [4, 5, 6].map((version) => signPolicy(demoPolicy(ORGANISATION, version), own))
  const strange: PolicyEnvelope[] = [
    signPolicy(demoPolicy(ORGANISATION, 7), other),
    signPolicy(demoPolicy('Other Care', 7), own),
    { ...signPolicy(demoPolicy(ORGANISATION, 8), own), signatures: genuine[2]?.signatures ?? [] }
  ]
  const all = [...genuine, ...strange]
  const good = new Set(genuine.slice(1).map(({ payload }) => payload))
  const held = takePolicy(beginTrust(ORGANISATION, rootOfKey(own.root)), genuine[1], NOW, verifyEd25519)
  if (!held.ok) throw new Error('the genuine policy is refused')
  const before = JSON.stringify(held.value)
  const names = Object.keys(changes)
  const byKind: Record<string, { tried: number; taken: number }> = {}
  const wrong: string[] = []
  let exact = 0
  for (let tried = 0; tried < count; tried += 1) {
    const { name, text } = mutant(chance, all, names)
    const kind = (byKind[name] ??= { tried: 0, taken: 0 })
    kind.tried += 1
    const taken = takePolicy(held.value, jsonOrText(text), NOW, verifyEd25519)
    if (!taken.ok) continue
    kind.taken += 1
    const payload = taken.value.policy?.envelope.payload ?? ''
    if (good.has(payload)) exact += 1
    else wrong.push(`${name}: ${text.slice(0, 400)}`)
  }
  if (JSON.stringify(held.value) !== before) wrong.push('what was held changed')
  return { tried: count, wrong, exact, byKind, seconds: (performance.now() - began) / 1000 }
}

function mutant(chance: Chance, all: readonly PolicyEnvelope[], names: readonly string[]) {
  const name = chance.of(names)
  let text = changes[name]?.(chance.of(all), chance, all) ?? ''
  for (let more = chance.below(3); more > 0; more -= 1) {
    const envelope = envelopeIn(text)
    if (envelope === null) break
    text = changes[chance.of(names)]?.(envelope, chance, all) ?? text
  }
  return { name, text }
}

/** The mutant as an envelope that can be changed once more; null when it is too broken for that. */
function envelopeIn(text: string): PolicyEnvelope | null {
  const json = jsonOrText(text)
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
  const { payload, signatures } = json as Partial<PolicyEnvelope>
  if (typeof payload !== 'string' || !Array.isArray(signatures)) return null
  const whole = signatures.every(
    (one: unknown) => typeof one === 'object' && one !== null && 'signature' in one
  )
  if (!whole || !isPolicyText(payload)) return null
  return json as PolicyEnvelope
}

const isPolicyText = (payload: string): boolean => {
  const json = jsonOrText(Buffer.from(payload, 'base64url').toString('utf8'))
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

/** As the line to the hub reads a body; what is no JSON is offered as the text that it is. */
function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
