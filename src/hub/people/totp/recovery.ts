import { randomBytes } from 'node:crypto'
import { and, eq, isNull } from 'drizzle-orm'
import type { TeamScope } from '../scope'
import { secretHash } from '../../store/admin/enrolment'
import type { Queries } from '../../store/open'
import { recoveryCode } from '../../store/sign-in-tables'

const CODES = 10
/** Letters and digits that are not taken for each other (Crockford's). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 16

/** One code of 80 random bits in four groups of four. */
function newCode(): string {
  const text = [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('')
  return text.match(/.{4}/g)?.join('-') ?? text
}

/** A code as it is hashed: written with or without its groups, in either case, with O for 0 and I or L for 1. */
const plainCode = (code: string): string =>
  code.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')

/** With so many random bits a plain hash is enough; the person in it keeps equal codes of two people apart. */
const hashOf = (personId: string, code: string): Buffer => secretHash(`${personId} ${plainCode(code)}`)

/** Makes ten codes in place of those of before. They are told this once. */
export async function renewRecoveryCodes(
  tx: Queries,
  owner: TeamScope & { readonly personId: string }
): Promise<string[]> {
  const { organisationId, teamId, personId } = owner
  const codes = Array.from({ length: CODES }, newCode)
  await tx.delete(recoveryCode).where(eq(recoveryCode.personId, personId))
  await tx
    .insert(recoveryCode)
    .values(codes.map((code) => ({ personId, organisationId, teamId, codeHash: hashOf(personId, code) })))
  return codes
}

/** Takes a recovery code, once. */
export async function takeRecoveryCode(
  db: Queries,
  personId: string,
  code: string,
  now: Date
): Promise<boolean> {
  const taken = await db
    .update(recoveryCode)
    .set({ usedAt: now })
    .where(
      and(
        eq(recoveryCode.personId, personId),
        eq(recoveryCode.codeHash, hashOf(personId, code)),
        isNull(recoveryCode.usedAt)
      )
    )
    .returning({ id: recoveryCode.personId })
  return taken.length > 0
}
