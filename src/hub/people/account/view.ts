import { and, asc, count, desc, eq, gt, isNotNull, isNull } from 'drizzle-orm'
import type { Account } from '../../../contract/wire/v1/account'
import type { Queries } from '../../store/open'
import { passkey, personTotp, providerIdentity, recoveryCode } from '../../store/sign-in-tables'
import { consoleSession } from '../../store/tables'
import { ABSOLUTE_MS, IDLE_MS, type Viewer } from '../console-session'

/** What somebody sees of their own account: how they can sign in, and where they are signed in. */
export async function accountOf(db: Queries, viewer: Viewer, now: Date): Promise<Account> {
  const { personId } = viewer
  const [app] = await db
    .select({ since: personTotp.confirmedAt })
    .from(personTotp)
    .where(and(eq(personTotp.personId, personId), isNotNull(personTotp.confirmedAt)))
  const [codes] = await db
    .select({ left: count() })
    .from(recoveryCode)
    .where(and(eq(recoveryCode.personId, personId), isNull(recoveryCode.usedAt)))
  const keys = await db
    .select()
    .from(passkey)
    .where(eq(passkey.personId, personId))
    .orderBy(asc(passkey.madeAt))
  const links = await db
    .select()
    .from(providerIdentity)
    .where(eq(providerIdentity.personId, personId))
    .orderBy(asc(providerIdentity.linkedAt))
  const sessions = await db
    .select()
    .from(consoleSession)
    .where(
      and(
        eq(consoleSession.personId, personId),
        isNull(consoleSession.endedAt),
        gt(consoleSession.usedAt, new Date(now.getTime() - IDLE_MS)),
        gt(consoleSession.startedAt, new Date(now.getTime() - ABSOLUTE_MS))
      )
    )
    .orderBy(desc(consoleSession.usedAt))
    .limit(100)
  return {
    email: viewer.email,
    strong: viewer.strong,
    secondFactorRequired: viewer.secondFactorRequired,
    appSince: app?.since?.toISOString() ?? null,
    recoveryCodesLeft: codes?.left ?? 0,
    passkeys: keys.map((key) => ({
      id: key.id,
      name: key.name,
      madeAt: key.madeAt.toISOString(),
      usedAt: key.usedAt?.toISOString() ?? null
    })),
    providers: links.map(({ id, issuer, linkedAt }) => ({
      id,
      host: new URL(issuer).host,
      linkedAt: linkedAt.toISOString()
    })),
    sessions: sessions.map((session) => ({
      id: session.id,
      own: session.id === viewer.sessionId,
      method: session.method,
      browser: session.browser,
      startedAt: session.startedAt.toISOString(),
      usedAt: session.usedAt.toISOString(),
      endsAt: new Date(session.startedAt.getTime() + ABSOLUTE_MS).toISOString()
    }))
  }
}
