import { eq } from 'drizzle-orm'
import {
  lacking,
  type Certification,
  type Lacking,
  type Requirement
} from '../../core/integration/certification'
import { refuse, type Refusal } from '../outcome'
import { readNewest } from '../policy/newest'
import { certification } from '../store/integration-tables'
import type { Queries } from '../store/open'

/** What the policy that desks are handed asks of who begins a shift. */
export const requiredCertifications = readNewest(
  (policy): readonly Requirement[] => policy?.certifications?.required ?? []
)

export async function certificationsOf(tx: Queries, personId: string): Promise<readonly Certification[]> {
  const rows = await tx.select().from(certification).where(eq(certification.personId, personId))
  return rows.map(({ name, state, expiresOn }) => ({ name, state: state === '' ? null : state, expiresOn }))
}

/** What somebody lacks to begin a shift under their organisation's policy; nothing where it asks for nothing. */
export async function lackingForShift(
  tx: Queries,
  organisationId: string,
  personId: string,
  now: Date
): Promise<readonly Lacking[]> {
  const required = await requiredCertifications(tx, organisationId)
  if (required.length === 0) return []
  return lacking(required, await certificationsOf(tx, personId), now.getTime())
}

/** Said to a desk whose person may not begin: `field` tells it from other refusals. */
export const CERTIFICATIONS_FIELD = 'certifications'

/** One requirement as a code for the book, such as `health-agent/TX expired`. */
export const lackCode = ({ requirement: { name, state }, why }: Lacking): string =>
  `${name}${state === undefined ? '' : `/${state}`} ${why}`

export const refuseShift = (lacks: readonly Lacking[]): Refusal =>
  refuse(
    'forbidden',
    `A certification that your organisation asks for is not in order: ${lacks.map(lackCode).join(', ')}. ` +
      'Ask your supervisor.',
    { field: CERTIFICATIONS_FIELD }
  )
