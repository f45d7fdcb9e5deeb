import { randomUUID } from 'node:crypto'
import { and, eq, gt, isNull } from 'drizzle-orm'
import type { EnrolReply, EnrolRequest, ProofClaims } from '../../contract/wire/v1/device'
import { ok } from '../../core/result'
import type { Flavour } from '../../core/flavour'
import { refuse, type Outcome } from '../outcome'
import { secretHash } from '../store/admin/enrolment'
import { newestPolicy } from '../store/admin/policy'
import { isDuplicate } from '../store/admin/refusal'
import type { Database, Queries } from '../store/open'
import { desk, enrolmentToken, organisation, team, workstation, workstationBoot } from '../store/tables'
import { appendStream } from '../stream/append'
import { takeActivation } from './activation'
import { acceptFlavour } from './flavour'
import { requiredKeyClass } from './key-class'
import { thumbprintOf } from './proof'
import { newestOf } from './sequence'

export interface EnrolSettings {
  readonly acceptFlavours: readonly Flavour[]
  /** The hub's name as it tells devices. */
  readonly hubName: string
  readonly now: Date
}

/**
 * Enrols a device whose request is proven to be signed by the key it brings. The token is burned, the workstation
 * made and its first run begun in one transaction: of any number of tries with one token, one wins.
 */
export async function enrol(
  db: Database,
  request: EnrolRequest,
  claims: ProofClaims,
  settings: EnrolSettings
): Promise<Outcome<EnrolReply>> {
  const thumbprint = await thumbprintOf(request.key)
  try {
    return await db.transaction(async (tx) => {
      const outcome = await burnAndMake(tx, request, claims, thumbprint, settings)
      if (!outcome.ok) throw new Undo(outcome)
      return outcome
    })
  } catch (error) {
    if (error instanceof Undo) return error.outcome
    if (isDuplicate(error))
      return refuse('bad-token', 'This device’s key is enrolled already.', { field: 'key' })
    throw error
  }
}

/** Carries a refusal out of a transaction that must leave no trace. */
class Undo extends Error {
  constructor(readonly outcome: Outcome<never>) {
    super('enrolment refused')
  }
}

async function burnAndMake(
  tx: Queries,
  request: EnrolRequest,
  claims: ProofClaims,
  thumbprint: string,
  settings: EnrolSettings
): Promise<Outcome<EnrolReply>> {
  const { now } = settings
  const id = randomUUID()
  const burned = await tx
    .update(enrolmentToken)
    .set({ usedAt: now })
    .where(
      and(
        eq(enrolmentToken.tokenHash, secretHash(request.token)),
        isNull(enrolmentToken.usedAt),
        gt(enrolmentToken.expiresAt, now)
      )
    )
    .returning()
  const token = burned[0]
  if (token === undefined) {
    return refuse('bad-token', 'The enrolment ticket is unknown, used or too old. Ask IT for a new one.', {
      field: 'token'
    })
  }
  const owner = await ownerOf(tx, token)
  if (owner === undefined)
    return refuse('bad-token', 'The ticket’s organisation is gone.', { field: 'token' })
  const flavour = acceptFlavour(request.sender.flavour, settings.acceptFlavours, owner.demo)
  if (!flavour.ok) return flavour
  const tpm = await takeActivation(tx, request, token, thumbprint, now)
  if (!tpm.ok) return tpm
  const policy = await newestPolicy(tx, token.organisationId)
  if (policy === null) return refuse('unavailable', 'No policy is published yet. Ask IT to publish one.')
  if ((await requiredKeyClass(tx, token.organisationId)) === 'tpm' && tpm.value === null) {
    return refuse('bad-attestation', 'The policy wants the device key in a TPM, and this one is not.', {
      field: 'keyClass'
    })
  }
  const place = { organisationId: token.organisationId, teamId: token.teamId }
  await tx.insert(workstation).values({
    id,
    ...place,
    label: token.label,
    simulated: token.simulated,
    key: request.key,
    keyThumbprint: thumbprint,
    keyClass: tpm.value === null ? 'keychain' : 'tpm',
    tpm: tpm.value,
    machineLabel: request.machineLabel,
    hostLabel: request.hostLabel,
    flavour: request.sender.flavour,
    build: request.sender.build,
    personId: token.personId,
    enrolledAt: now,
    newestBoot: claims.boot
  })
  await tx.update(enrolmentToken).set({ workstationId: id }).where(eq(enrolmentToken.id, token.id))
  await tx
    .insert(workstationBoot)
    .values({ workstationId: id, boot: claims.boot, ...place, firstSeenAt: now, ...newestOf(claims) })
  await tx
    .insert(desk)
    .values({ workstationId: id, ...place, state: 'starting', since: now, lastHeardAt: now })
  await appendStream(tx, place, [{ kind: 'tile', subject: id }], now)
  return ok({
    v: 1,
    device: id,
    organisation: owner.organisation,
    team: owner.team,
    hub: settings.hubName,
    policy: policy.envelope
  })
}

async function ownerOf(tx: Queries, place: { readonly organisationId: string; readonly teamId: string }) {
  const rows = await tx
    .select({ organisation: organisation.name, demo: organisation.demo, team: team.name })
    .from(team)
    .innerJoin(organisation, eq(organisation.organisationId, team.organisationId))
    .where(and(eq(team.teamId, place.teamId), eq(team.organisationId, place.organisationId)))
  return rows[0]
}
