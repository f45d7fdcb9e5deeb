import { createHash, X509Certificate } from 'node:crypto'
import { eq } from 'drizzle-orm'
import type { Queries } from '../open'
import { tpmAuthority } from '../tables'
import { findOrganisation } from './organisation'
import { AdminRefusal } from './refusal'

/** Trusts a maker of TPMs: endorsement certificates that lead to this one are taken. Returns its subject. */
export async function trustTpmMaker(
  db: Queries,
  input: { readonly organisation: string; readonly certificate: string },
  now: Date = new Date()
): Promise<string> {
  const owner = await findOrganisation(db, input.organisation)
  const certificate = parse(input.certificate)
  if (!certificate.ca) throw new AdminRefusal('This is not the certificate of an authority.')
  const certificateHash = createHash('sha256').update(certificate.raw).digest('hex')
  await db
    .insert(tpmAuthority)
    .values({
      organisationId: owner.id,
      certificateHash,
      certificate: certificate.toString(),
      trustedAt: now
    })
    .onConflictDoNothing()
  return certificate.subject.replaceAll('\n', ', ')
}

/** Certificates of the makers that an organisation trusts, PEM. */
export async function tpmMakers(db: Queries, organisationId: string): Promise<readonly string[]> {
  const rows = await db
    .select({ certificate: tpmAuthority.certificate })
    .from(tpmAuthority)
    .where(eq(tpmAuthority.organisationId, organisationId))
  return rows.map((row) => row.certificate)
}

function parse(text: string): X509Certificate {
  try {
    return new X509Certificate(text)
  } catch {
    throw new AdminRefusal('This is not an X.509 certificate in PEM.')
  }
}
