import { z } from 'zod'

/** Who works at the console. Advocates have none: they sign in at a desk. */
export const consoleRoleSchema = z.enum(['supervisor', 'lead', 'it', 'compliance', 'auditor'])
export type ConsoleRole = z.infer<typeof consoleRoleSchema>

/** What somebody may do at the console. Each route of the hub asks for exactly one of them. */
export type Right =
  /** One's own session. */
  | 'session.own'
  /** The desks of one's team, as they are now. */
  | 'board.read'
  | 'posture.read'
  | 'alert.read'
  | 'alert.acknowledge'
  | 'alert.decide'
  /** Answering an advocate who says that a decision is wrong. */
  | 'appeal.decide'
  | 'exception.read'
  | 'exception.decide'
  | 'desk.instruct'
  /** Letting somebody try again whose sign-in waits after wrong tries. */
  | 'account.unlock'
  /** Who has a second factor, and taking it away from who lost it. */
  | 'account.reset'
  | 'report.read'
  /** How one advocate fares from week to week, to talk about it with them. */
  | 'coaching.read'
  /** What other systems told of the person at a desk: calls, shifts, certifications. */
  | 'work.read'
  /** Keys for other systems, channels to them, and what could not be delivered. */
  | 'integration.manage'
  /** All computers of the organisation: shutting one out, letting one in again, tickets; reading what rules are published. */
  | 'device.manage'
  /** Who did what, and who saw what. */
  | 'audit.read'

const floor = [
  'session.own',
  'board.read',
  'posture.read',
  'alert.read',
  'alert.acknowledge',
  'alert.decide',
  'exception.read',
  'exception.decide',
  'desk.instruct',
  'report.read',
  'coaching.read',
  'work.read'
] as const satisfies readonly Right[]

/**
 * The least that each role's work needs (45 CFR 164.312(a)(1): access only to those who were granted it). Who checks the
 * others acts on no desk, and who acts does not read who saw what.
 */
const rights: Readonly<Record<ConsoleRole, readonly Right[]>> = {
  supervisor: floor,
  lead: [...floor, 'appeal.decide', 'account.unlock'],
  it: [
    'session.own',
    'board.read',
    'posture.read',
    'alert.read',
    'alert.acknowledge',
    'exception.read',
    'exception.decide',
    'account.unlock',
    'account.reset',
    'integration.manage',
    'device.manage'
  ],
  compliance: ['session.own', 'alert.read', 'appeal.decide', 'report.read', 'audit.read'],
  auditor: ['session.own', 'alert.read', 'report.read', 'audit.read']
}

/** Whether a role has a right. */
export const mayDo = (role: ConsoleRole, right: Right): boolean => rights[role].includes(right)

/** Every right of a role, for a page that leaves out what would be refused. The hub asks again. */
export const rightsOf = (role: ConsoleRole): readonly Right[] => rights[role]
