import { randomUUID } from 'node:crypto'
import { and, eq } from 'drizzle-orm'
import type { PolicyRoot } from '../../../core/policy/envelope'
import type { Queries } from '../open'
import { organisation, team } from '../tables'
import { AdminRefusal, isDuplicate } from './refusal'

export interface Organisation {
  readonly id: string
  readonly name: string
  readonly demo: boolean
  readonly policyRoot: PolicyRoot | null
}

/**
 * Makes an organisation. Only a demo one takes test and demo builds, and simulated desks; that never changes. Desks of
 * every other have to attest, until IT says otherwise.
 */
export async function createOrganisation(
  db: Queries,
  input: { readonly name: string; readonly demo: boolean }
): Promise<Organisation> {
  const name = input.name.trim()
  if (name === '' || name.length > 80)
    throw new AdminRefusal('An organisation needs a name of 1 to 80 characters.')
  const id = randomUUID()
  try {
    // A demonstration runs programs that nobody listed, and says so wherever it is shown.
    const attestation = input.demo ? 'report' : 'require'
    await db.insert(organisation).values({ organisationId: id, name, demo: input.demo, attestation })
  } catch (error) {
    if (isDuplicate(error)) throw new AdminRefusal(`There is already an organisation named ${name}.`)
    throw error
  }
  return { id, name, demo: input.demo, policyRoot: null }
}

/** Finds an organisation by its name; throws `AdminRefusal` when there is none. */
export async function findOrganisation(db: Queries, name: string): Promise<Organisation> {
  const rows = await db.select().from(organisation).where(eq(organisation.name, name))
  const found = rows[0]
  if (found === undefined) throw new AdminRefusal(`There is no organisation named ${name}.`)
  return {
    id: found.organisationId,
    name: found.name,
    demo: found.demo,
    policyRoot: found.policyRoot ?? null
  }
}

/** Makes a team. Throws `AdminRefusal` when the organisation has one of that name. */
export async function createTeam(
  db: Queries,
  input: { readonly organisation: string; readonly name: string }
): Promise<{ readonly id: string }> {
  const name = input.name.trim()
  if (name === '' || name.length > 80) throw new AdminRefusal('A team needs a name of 1 to 80 characters.')
  const owner = await findOrganisation(db, input.organisation)
  const id = randomUUID()
  try {
    await db.insert(team).values({ teamId: id, organisationId: owner.id, name })
  } catch (error) {
    if (isDuplicate(error)) throw new AdminRefusal(`${owner.name} already has a team named ${name}.`)
    throw error
  }
  return { id }
}

export interface TeamPlace {
  readonly organisation: Organisation
  readonly organisationId: string
  readonly teamId: string
}

/** Finds a team by the names of its organisation and itself; throws `AdminRefusal` when there is none. */
export async function findTeam(
  db: Queries,
  input: { readonly organisation: string; readonly team: string }
): Promise<TeamPlace> {
  const owner = await findOrganisation(db, input.organisation)
  const rows = await db
    .select()
    .from(team)
    .where(and(eq(team.organisationId, owner.id), eq(team.name, input.team)))
  const found = rows[0]
  if (found === undefined) throw new AdminRefusal(`${owner.name} has no team named ${input.team}.`)
  return { organisation: owner, organisationId: owner.id, teamId: found.teamId }
}

/** Pins IT's public policy key: from now on only policies signed by it can be published or handed out. */
export async function trustPolicyKey(
  db: Queries,
  input: { readonly organisation: string; readonly root: PolicyRoot }
): Promise<void> {
  const owner = await findOrganisation(db, input.organisation)
  if (owner.policyRoot !== null && owner.policyRoot.keyId !== input.root.keyId) {
    throw new AdminRefusal(
      `${owner.name} already trusts key ${owner.policyRoot.keyId.slice(0, 12)}. ` +
        'Enrolled desks pinned it: another key takes its place with "havendesk root rotate".'
    )
  }
  await db
    .update(organisation)
    .set({ policyRoot: input.root })
    .where(eq(organisation.organisationId, owner.id))
}
