import { and, eq, gte, inArray } from 'drizzle-orm'
import { openGrant, readGrantText, type Grant, type GrantRefusal } from '../../../core/break-glass/grant'
import { REQUEST_LIFE_MS } from '../../../core/break-glass/request'
import type { BreakGlassPolicy } from '../../../core/policy/break-glass'
import { err, ok, type Result } from '../../../core/result'
import type { Queries } from '../open'
import { breakGlass, organisation, person, securityEvent, workstation } from '../tables'
import { findOrganisation } from './organisation'
import { newestPolicy, openStored } from './policy'
import { AdminRefusal } from './refusal'
import { verifyGrant } from './verify'
import { wakeDevice } from './wake'

/** A request, and what a grant of it is held against. */
export type ExceptionRow = typeof breakGlass.$inferSelect

/** Why a request is not granted. */
export type GrantProblem = GrantRefusal | 'answered' | 'expired' | 'not-yours'

/** Who may waive what under the policy that desks are handed; undefined where it lets nobody. */
export async function breakGlassPolicy(
  db: Queries,
  organisationId: string
): Promise<BreakGlassPolicy | undefined> {
  const newest = await newestPolicy(db, organisationId)
  return newest === null ? undefined : (openStored(newest.envelope)?.breakGlass ?? undefined)
}

/** E-mail addresses of whoever is at the desk of a request, or has it: the one who asked, and whose workstation it is. */
export async function peopleAt(db: Queries, row: ExceptionRow): Promise<readonly string[]> {
  const [desk] = await db
    .select({ personId: workstation.personId })
    .from(workstation)
    .where(eq(workstation.id, row.workstationId))
  const ids = [row.personId, desk?.personId ?? null].filter((id) => id !== null)
  if (ids.length === 0) return []
  const found = await db.select({ email: person.email }).from(person).where(inArray(person.id, ids))
  return found.map(({ email }) => email)
}

/** True while a request can still be answered. */
export const isOpen = ({ status, askedAt }: Pick<ExceptionRow, 'status' | 'askedAt'>, now: Date): boolean =>
  status === 'asked' && now.getTime() - askedAt.getTime() < REQUEST_LIFE_MS

/**
 * Stores a grant that an approver signed. The hub can make none: it holds this one against the request, the policy and
 * the people at the desk as the desk will, says no to what the desk would refuse, and wakes the desk.
 */
export async function storeGrant(
  tx: Queries,
  row: ExceptionRow,
  given: {
    readonly text: string
    readonly note: string
    readonly by: { readonly id: string; readonly email: string } | null
  },
  now: Date
): Promise<Result<Grant, GrantProblem>> {
  if (row.status !== 'asked') return err('answered')
  if (!isOpen(row, now)) return err('expired')
  const envelope = readGrantText(given.text)
  if (envelope === null) return err('unreadable')
  const [owner] = await tx
    .select({ name: organisation.name })
    .from(organisation)
    .where(eq(organisation.organisationId, row.organisationId))
  const { request: id, nonce, checkName: check, reason, personId } = row
  const opened = openGrant(
    envelope,
    {
      organisation: owner?.name ?? '',
      device: row.workstationId,
      policy: await breakGlassPolicy(tx, row.organisationId),
      request: { id, nonce, check, reason, person: personId },
      atDesk: await peopleAt(tx, row)
    },
    verifyGrant
  )
  if (!opened.ok) return opened
  const { minutes, approver } = opened.value
  // Who holds somebody else's key does not become them: the one who is signed in signs.
  if (given.by !== null && given.by.email !== approver) return err('not-yours')
  const [decider] = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.email, approver), eq(person.organisationId, row.organisationId)))
  const stored = await tx
    .update(breakGlass)
    .set({
      status: 'granted',
      grantText: given.text,
      minutes,
      note: given.note,
      decidedAt: now,
      decidedBy: given.by?.id ?? decider?.id ?? null
    })
    .where(and(eq(breakGlass.request, id), eq(breakGlass.status, 'asked')))
    .returning({ request: breakGlass.request })
  if (stored.length === 0) return err('answered')
  await noteDecision(
    tx,
    row,
    'break-glass-granted',
    `${check}: ${minutes} minutes by ${approver}, request ${id}`,
    now
  )
  await wakeDevice(tx, row.workstationId)
  return ok(opened.value)
}

/** Puts a decision into the record for IT. */
export async function noteDecision(
  tx: Queries,
  row: ExceptionRow,
  code: 'break-glass-granted' | 'break-glass-declined' | 'break-glass-denied',
  detail: string,
  at: Date
): Promise<void> {
  const { organisationId, teamId, workstationId } = row
  await tx.insert(securityEvent).values({ organisationId, teamId, workstationId, code, detail, count: 1, at })
}

/** A request as IT's command line lists it. */
export interface Exception {
  readonly organisation: string
  readonly row: ExceptionRow
  readonly label: string
}

/** The requests of an organisation that can still be answered. */
export async function listExceptions(
  db: Queries,
  input: { readonly organisation: string; readonly now: Date }
): Promise<readonly Exception[]> {
  const owner = await findOrganisation(db, input.organisation)
  const found = await db
    .select({ row: breakGlass, label: workstation.label })
    .from(breakGlass)
    .innerJoin(workstation, eq(workstation.id, breakGlass.workstationId))
    .where(
      and(
        eq(breakGlass.organisationId, owner.id),
        eq(breakGlass.status, 'asked'),
        gte(breakGlass.askedAt, new Date(input.now.getTime() - REQUEST_LIFE_MS))
      )
    )
  return found.map((one) => ({ ...one, organisation: owner.name }))
}

/** Stores a grant that was signed on the command line. Throws `AdminRefusal` when it is none. */
export async function grantException(
  db: Queries,
  input: { readonly exception: Exception; readonly text: string; readonly note: string; readonly now: Date }
): Promise<Grant> {
  const { row } = input.exception
  const stored = await storeGrant(db, row, { text: input.text, note: input.note, by: null }, input.now)
  if (stored.ok) return stored.value
  throw new AdminRefusal(`The grant is refused: ${problemWords[stored.error]}`)
}

/** Each refusal as a sentence for whoever grants: what is wrong and what to do. */
export const problemWords: Readonly<Record<GrantProblem, string>> = {
  unreadable: 'it is not a grant, or names more than 60 minutes. Make it again.',
  'nobody-may': 'the policy names nobody who may waive a check. Publish one with breakGlass.',
  'not-an-approver': 'the policy does not name this approver. Publish one that does.',
  'not-signed': 'it is not signed by the key that the policy names for this approver.',
  'other-organisation': 'it is for another organisation.',
  'other-desk': 'it is for another desk.',
  'other-request': 'it is for another request. Sign this one.',
  'other-person': 'it is for another person than the one who asked.',
  'other-check': 'it is for another check than the one that was asked for.',
  'not-waivable': 'the policy does not let this check be waived.',
  'too-long': 'it is for longer than the policy allows.',
  'same-person': 'nobody grants anything to their own desk. Ask a colleague.',
  answered: 'the request was answered, or taken back, meanwhile.',
  expired: 'the request is older than half an hour. The desk has to ask again.',
  'not-yours': 'it was signed by somebody else than the one who is signed in.'
}
