import type { EnrolmentTicket } from '../../../contract/wire/v1/device'
import type { Flavour } from '../../../core/flavour'
import { assertNever } from '../../../core/result'
import type { HubClient } from '../hub/hub-client'
import type { DeviceKey } from '../../../device/contract/device-key'
import type { KeyRing } from '../keys/open-keys'
import type { Refused } from '../opening'
import { backoffMs } from '../sync/backoff'
import { enrol, type EnrolFailure } from './enrol'
import { writeFacts, type EnrolmentFacts } from './facts'
import { removeTicket } from './ticket'

export interface EnrollerParts {
  readonly dataFolder: string
  readonly ticket: EnrolmentTicket
  readonly keys: KeyRing
  readonly sealing: Uint8Array
  readonly sender: { readonly flavour: Flavour; readonly build: string }
  /** A client that speaks with this key and no name yet. */
  readonly clientFor: (key: DeviceKey) => HubClient
  readonly refused: (refused: Refused) => void
  /** The hub enrols otherwise than IT's ticket says. For the record. */
  readonly odd: (problem: string) => void
  /** In [0, 1). */
  readonly random: () => number
  /** True when nobody waits for the outcome any more. */
  readonly stopped: () => boolean
}

export interface Enrolled {
  readonly facts: EnrolmentFacts
  readonly key: DeviceKey
}

const WRITE_RETRY_MS = 1000

/**
 * Makes this workstation someone: spends the ticket, seals what it bought, removes it. A hub that is away is waited
 * for, and so is a full disk; the person is told meanwhile. Null when it was refused for good.
 */
export async function enrolWorkstation(parts: EnrollerParts): Promise<Enrolled | null> {
  let fresh = false
  let software = false
  for (let failures = 1; !parts.stopped(); failures += 1) {
    const key = await parts.keys.candidate(fresh, software)
    if (!key.ok) {
      parts.refused({ reason: 'no-keychain', detail: key.error.detail })
      return null
    }
    const client = parts.clientFor(key.value)
    const enrolled = await enrol(client, parts.ticket, key.value, parts.sender)
    await client.close()
    if (enrolled.ok) return keep(parts, enrolled.value, key.value)
    if (enrolled.error.kind === 'key-known') fresh = true
    else if (enrolled.error.kind === 'tpm-refused' || enrolled.error.kind === 'unfit-credential') {
      if (enrolled.error.kind === 'unfit-credential') parts.odd(enrolled.error.detail)
      fresh = software = true
    } else if (!(await mayGoOn(parts, enrolled.error, failures))) return null
  }
  return null
}

async function mayGoOn(
  parts: EnrollerParts,
  failure: Exclude<EnrolFailure, { kind: 'key-known' | 'tpm-refused' | 'unfit-credential' }>,
  failures: number
): Promise<boolean> {
  const detail = failure.detail.slice(0, 300)
  switch (failure.kind) {
    case 'contradicted':
      parts.odd(detail)
      parts.refused({ reason: 'enrolment-refused', detail })
      return false
    case 'refused':
      parts.refused({ reason: 'enrolment-refused', detail })
      return false
    case 'unreachable':
      if (failures === 1) parts.refused({ reason: 'hub-unreachable', detail })
      await pause(Math.max(failure.retryAfterMs ?? 0, backoffMs(failures, parts.random())))
      return true
    default:
      return assertNever(failure)
  }
}

/** The ticket is spent by now: what it bought is held on to until the disk takes it. */
async function keep(
  parts: EnrollerParts,
  facts: EnrolmentFacts,
  candidate: DeviceKey
): Promise<Enrolled | null> {
  for (;;) {
    try {
      await writeFacts(parts.dataFolder, parts.sealing, facts)
      break
    } catch (error) {
      const why = error instanceof Error ? error.message : 'the disk refused'
      parts.refused({
        reason: 'enrolment-unreadable',
        detail: `the enrolment cannot be written: ${why}`.slice(0, 300)
      })
      if (parts.stopped()) return null
      await pause(WRITE_RETRY_MS)
    }
  }
  await removeTicket(parts.dataFolder)
  const key = await parts.keys.device(facts.keyThumbprint) // makes the key of this enrolment the device's key
  return { facts, key: key.ok ? key.value : candidate }
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
