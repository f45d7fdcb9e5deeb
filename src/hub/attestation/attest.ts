import { createHash, randomUUID } from 'node:crypto'
import { and, desc, eq, isNull } from 'drizzle-orm'
import {
  ATTESTATION_LIFETIME_MS,
  type AttestationReply,
  type AttestationRequest,
  type Statement
} from '../../contract/wire/v1/attestation'
import { postureDigest, thresholdDigest } from '../../core/attestation/digest'
import type { Flavour } from '../../core/flavour'
import { policyFor } from '../../core/policy/policy'
import { ok } from '../../core/result'
import { note } from '../ingest/note'
import { refuse, type Outcome } from '../outcome'
import { isBuildAllowed } from '../store/admin/build'
import { publishedPolicy } from '../store/admin/policy'
import type { Database, Queries } from '../store/open'
import { attestation, deviceSession, team, type AttestationMode } from '../store/tables'
import { appendStream } from '../stream/append'
import { takeChallenge } from './challenge'
import { acceptFlavour } from './flavour'
import { requiredKeyClass } from './key-class'
import { forgetRefusedBuild, noteRefusedBuild } from './refused-build'
import { acceptSequence, type KnownDevice, type WorkstationRow } from './sequence'
import { readStatement } from './statement'
import type { AttestationTokens } from './token'
import { verifyQuote } from './tpm/evidence'
import type { ProvenClaims } from './proof'

export interface AttestSettings {
  readonly acceptFlavours: readonly Flavour[]
  readonly tokens: AttestationTokens
  readonly now: Date
}

/**
 * Takes what a device says of itself, if all of it holds: its key signed it over a nonce that was issued to this run
 * and is used up here, it says what the hub knows, and its program is one that IT allows. What is refused is noted; a
 * program that is not allowed is taken all the same where attestation only reports, and marked.
 */
export async function attest(
  db: Database,
  request: AttestationRequest,
  claims: ProvenClaims,
  settings: AttestSettings
): Promise<Outcome<AttestationReply>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, newRun } = device.value
    const outcome = await judge(tx, device.value, request, claims, settings)
    if (!outcome.ok) {
      const detail = `${outcome.error.code} ${outcome.error.field ?? ''}`.trim()
      await note(tx, row, { code: 'attestation-refused', detail, count: 1 }, settings.now)
    }
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], settings.now)
    return outcome
  })
}

async function judge(
  tx: Queries,
  device: KnownDevice,
  request: AttestationRequest,
  claims: ProvenClaims,
  settings: AttestSettings
): Promise<Outcome<AttestationReply>> {
  const { row } = device
  const { now } = settings
  const read = await readStatement(request.statement, row.key)
  if (!read.ok) return read
  const statement = read.value
  // Used up from here on, whatever follows.
  if (!(await takeChallenge(tx, row, claims.boot, statement.nonce, now))) {
    return bad('nonce', 'The nonce was used, is too old or was issued to another run. Ask for a new one.')
  }
  const flavour = acceptFlavour(statement.flavour, settings.acceptFlavours, device.demo)
  if (!flavour.ok) return flavour
  const crooked =
    contradiction(statement, row, claims, request) ??
    (await unsupported(tx, row, statement, device.attestation))
  if (crooked !== null) return crooked
  const quoted = quoteOf(row, statement, request)
  if (!quoted.ok) return quoted
  const buildAllowed = await isBuildAllowed(tx, row.organisationId, statement.buildHash)
  if (!buildAllowed && device.attestation === 'require') {
    await noteRefusedBuild(tx, row, statement, now)
    return bad(
      'buildHash',
      'This program is not one that IT allows. Ask IT to allow it or to install another.'
    )
  }
  await forgetRefusedBuild(tx, row.id)
  const keyClass = await requiredKeyClass(tx, row.organisationId)
  if (keyClass === 'tpm' && row.keyClass !== 'tpm') {
    return bad('keyClass', 'The policy wants the key in a TPM. Ask IT to enrol this workstation again.')
  }
  await noteBootChange(tx, row, quoted.value, now)
  const id = randomUUID()
  await tx.insert(attestation).values({
    id,
    organisationId: row.organisationId,
    teamId: row.teamId,
    workstationId: row.id,
    boot: statement.boot,
    personId: statement.person,
    recordSeq: statement.recordSeq,
    build: statement.build,
    buildHash: statement.buildHash,
    buildAllowed,
    flavour: statement.flavour,
    policyVersion: statement.policyVersion,
    model: statement.model,
    modelHash: statement.modelHash,
    thresholdHash: statement.thresholds,
    postureHash: statement.posture,
    keyClass: row.keyClass,
    pcrHash: quoted.value,
    statement: request.statement,
    at: now,
    expiresAt: new Date(now.getTime() + ATTESTATION_LIFETIME_MS)
  })
  const subject = { attestation: id, device: row.id, boot: claims.boot, thumbprint: row.keyThumbprint }
  return ok({
    v: 1,
    attestation: id,
    token: await settings.tokens.issue(subject, now),
    expiresInMs: ATTESTATION_LIFETIME_MS
  })
}

/** What the statement says otherwise than the request that carries it, or than enrolment settled it. */
function contradiction(
  statement: Statement,
  row: WorkstationRow,
  claims: ProvenClaims,
  request: AttestationRequest
): Outcome<never> | null {
  const isOurs = statement.hub === new URL(claims.htu).origin // which the proof's check found to be this hub
  if (!isOurs) return bad('hub', 'The statement is for another hub.')
  if (statement.device !== row.id) return bad('device', 'The statement is about another device.')
  if (statement.key !== row.keyThumbprint) return bad('key', 'The statement names another key.')
  if (statement.keyClass !== row.keyClass) return bad('keyClass', 'The key was enrolled as of another class.')
  if (statement.boot !== claims.boot) return bad('boot', 'The statement is about another run.')
  if (statement.seq !== claims.seq) return bad('seq', 'The statement belongs to another request.')
  const { flavour, build } = request.sender
  if (statement.flavour !== flavour) return bad('flavour', 'The sender names another flavour.')
  if (statement.build !== build) return bad('build', 'The sender names another build.')
  if (statement.posture !== postureDigest(request.checks)) return bad('posture', 'The checks are others.')
  return null
}

/** What the statement claims of people and policy that the hub knows otherwise. */
async function unsupported(
  tx: Queries,
  row: WorkstationRow,
  statement: Statement,
  mode: AttestationMode
): Promise<Outcome<never> | null> {
  if (statement.person !== null && !(await isSignedIn(tx, row, statement.person))) {
    return bad('person', 'Nobody of this name is signed in at this desk.')
  }
  if (statement.thresholds === null || statement.modelHash === null) {
    // Before a shift the sensor may still be starting. Somebody at work without eyes is not attested.
    const missing = statement.thresholds === null ? 'thresholds' : 'modelHash'
    if (statement.person !== null && mode === 'require') return bad(missing, 'Nothing is said of what looks.')
  }
  // 0: a desk that was handed none yet. It has no thresholds either.
  const none = statement.policyVersion === 0 && statement.thresholds === null
  if (none) return null
  const policy = await publishedPolicy(tx, row.organisationId, statement.policyVersion)
  if (policy === null) return bad('policyVersion', 'No such policy was published.')
  if (statement.thresholds === null) return null
  const teams = await tx.select({ name: team.name }).from(team).where(eq(team.teamId, row.teamId))
  const expected = thresholdDigest(policyFor(policy, teams[0]?.name ?? ''))
  return statement.thresholds === expected ? null : bad('thresholds', 'They are not those of the policy.')
}

/** Whether somebody is at work at a desk now. A record may be of a session that is over; a statement is about now. */
async function isSignedIn(tx: Queries, row: WorkstationRow, personId: string): Promise<boolean> {
  const found = await tx
    .select({ id: deviceSession.id })
    .from(deviceSession)
    .where(
      and(
        eq(deviceSession.workstationId, row.id),
        eq(deviceSession.personId, personId),
        isNull(deviceSession.endedAt)
      )
    )
    .limit(1)
  return found.length > 0
}

/** The hash over the boot measurements, null without a TPM. A TPM that is enrolled has to speak. */
function quoteOf(
  row: WorkstationRow,
  statement: Statement,
  { quote }: AttestationRequest
): Outcome<string | null> {
  if (row.tpm === null) return quote === null ? ok(null) : bad('quote', 'No TPM is enrolled.')
  if (quote === null) return bad('quote', 'The TPM of this workstation has to quote its measurements.')
  if (statement.quote !== createHash('sha256').update(Buffer.from(quote.attest, 'base64')).digest('hex')) {
    return bad('quote', 'The statement names another quote.')
  }
  const verified = verifyQuote(
    quote,
    Buffer.from(row.tpm.attestationKey, 'base64'),
    Buffer.from(statement.nonce, 'base64url')
  )
  if (verified.ok) return ok(verified.value.pcrHash)
  const { field, problem } = verified.error
  return refuse('bad-attestation', `The TPM’s quote does not hold: ${problem}.`, { field })
}

/** New firmware, another boot loader, secure boot switched: IT should know, and the TPM cannot say which it was. */
async function noteBootChange(
  tx: Queries,
  row: WorkstationRow,
  pcrHash: string | null,
  now: Date
): Promise<void> {
  if (pcrHash === null) return
  const before = await tx
    .select({ pcrHash: attestation.pcrHash })
    .from(attestation)
    .where(eq(attestation.workstationId, row.id))
    .orderBy(desc(attestation.at))
    .limit(1)
  const known = before[0]?.pcrHash ?? null
  if (known !== null && known !== pcrHash) {
    await note(tx, row, { code: 'boot-measurements-changed', detail: pcrHash, count: 1 }, now)
  }
}

const bad = (field: string, message: string) =>
  refuse('bad-attestation', message, { field: field === 'quote' ? field : `statement.${field}` })
