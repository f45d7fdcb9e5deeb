import { randomBytes } from 'node:crypto'
import { and, eq, gt, or, lte } from 'drizzle-orm'
import { CHALLENGE_LIFETIME_MS } from '../../contract/wire/v1/attestation'
import { ok } from '../../core/result'
import type { Outcome } from '../outcome'
import { secretHash } from '../store/admin/enrolment'
import type { Database, Queries } from '../store/open'
import { attestationNonce } from '../store/tables'
import { appendStream } from '../stream/append'
import { acceptSequence, type WorkstationRow } from './sequence'
import type { ProvenClaims } from './proof'

/** Answers a device that is about to attest. */
export async function challengeFor(
  db: Database,
  claims: ProvenClaims,
  now: Date
): Promise<Outcome<{ readonly v: 1; readonly nonce: string }>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, now)
    if (!device.ok) return device
    const { row, newRun } = device.value
    const nonce = await issueChallenge(tx, row, claims.boot, now)
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], now)
    return ok({ v: 1 as const, nonce })
  })
}

/** 256 bits that nobody can foretell, base64url. */
export const newNonce = (): string => randomBytes(32).toString('base64url')

/** A nonce for one attestation of one run. It replaces the one before: a device has one question open at a time. */
export async function issueChallenge(
  tx: Queries,
  row: WorkstationRow,
  boot: string,
  now: Date
): Promise<string> {
  const nonce = newNonce()
  const old = or(eq(attestationNonce.workstationId, row.id), lte(attestationNonce.expiresAt, now))
  await tx.delete(attestationNonce).where(old)
  await tx.insert(attestationNonce).values({
    nonceHash: secretHash(nonce),
    organisationId: row.organisationId,
    teamId: row.teamId,
    workstationId: row.id,
    boot,
    expiresAt: new Date(now.getTime() + CHALLENGE_LIFETIME_MS)
  })
  return nonce
}

/** Uses a nonce up: true once, for the run it was issued to, within its time. Of any number at once, one gets true. */
export async function takeChallenge(
  tx: Queries,
  row: Pick<WorkstationRow, 'id'>,
  boot: string,
  nonce: string,
  now: Date
): Promise<boolean> {
  const taken = await tx
    .delete(attestationNonce)
    .where(
      and(
        eq(attestationNonce.nonceHash, secretHash(nonce)),
        eq(attestationNonce.workstationId, row.id),
        eq(attestationNonce.boot, boot),
        gt(attestationNonce.expiresAt, now)
      )
    )
    .returning({ boot: attestationNonce.boot })
  return taken.length === 1
}
