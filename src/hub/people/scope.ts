import { and, eq, inArray, type SQL } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { machineRules, type Reach, type Sight } from '../../core/access/sight'
import { alert } from '../store/tables'

/** One team of one organisation. */
export interface TeamScope {
  readonly organisationId: string
  readonly teamId: string
}

/** What somebody's queries are bound to. Their organisation always; their team unless they look after all of them. */
export interface Scope extends TeamScope {
  readonly reach: Reach
  readonly sight: Sight
}

/** Binds a query of any table to a scope. */
export const within = (
  table: { readonly organisationId: PgColumn; readonly teamId: PgColumn },
  scope: TeamScope & Partial<Pick<Scope, 'reach'>>
): SQL | undefined =>
  and(
    eq(table.organisationId, scope.organisationId),
    scope.reach === 'organisation' ? undefined : eq(table.teamId, scope.teamId)
  )

/** Binds a query of alerts to a scope and to what is in sight of it. */
export const alertsWithin = (scope: TeamScope & Partial<Scope>): SQL | undefined =>
  and(within(alert, scope), scope.sight === 'machine' ? inArray(alert.rule, [...machineRules]) : undefined)
