import { DatabaseError } from 'pg'

/** An act of administration that cannot be done as asked; the message says why and what to do. */
export class AdminRefusal extends Error {
  override readonly name = 'AdminRefusal'
}

/** True when `error`, or what caused it, is PostgreSQL's complaint about a value that must be unique. */
export function isDuplicate(error: unknown): boolean {
  if (error instanceof DatabaseError) return error.code === '23505'
  return error instanceof Error && error.cause !== undefined && isDuplicate(error.cause)
}
