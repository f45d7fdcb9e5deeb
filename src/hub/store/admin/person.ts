import { randomUUID } from 'node:crypto'
import { hashPassword, MIN_PASSWORD } from '../../people/password'
import type { Queries } from '../open'
import { person, type Role } from '../tables'
import { findTeam } from './organisation'
import { AdminRefusal, isDuplicate } from './refusal'

export interface NewPerson {
  readonly organisation: string
  readonly team: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly password: string
}

/** Adds a person who can sign in: advocates at a desk, supervisors and IT at the console. */
export async function addPerson(db: Queries, input: NewPerson): Promise<{ readonly id: string }> {
  const email = input.email.trim().toLowerCase()
  if (!/^[^\s@]+@[^\s@]+$/.test(email) || email.length > 200) {
    throw new AdminRefusal(`"${input.email}" is not an e-mail address.`)
  }
  if (input.password.length < MIN_PASSWORD || input.password.length > 200) {
    throw new AdminRefusal(`A password needs ${MIN_PASSWORD} to 200 characters.`)
  }
  const place = await findTeam(db, input)
  const id = randomUUID()
  try {
    await db.insert(person).values({
      id,
      organisationId: place.organisationId,
      teamId: place.teamId,
      name: input.name.trim(),
      email,
      role: input.role,
      passwordHash: await hashPassword(input.password)
    })
  } catch (error) {
    if (isDuplicate(error)) throw new AdminRefusal(`Someone with the e-mail ${email} is already there.`)
    throw error
  }
  return { id }
}
