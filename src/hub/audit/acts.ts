import type { TeamScope } from '../people/scope'
import type { Queries } from '../store/open'
import { auditAct } from '../store/oversight-tables'

/** Something that somebody did at the console, or that was refused to them. */
export interface Act {
  /** A code, such as `alert-decided`; `refused` when they had no right to it. */
  readonly act: string
  readonly subject: string | null
  /** Codes and numbers; what people write stands in the row that it belongs to. */
  readonly detail: string
}

/** Notes an act in the transaction that does it: neither is there without the other. */
export async function recordAct(
  tx: Queries,
  by: TeamScope & { readonly personId: string },
  act: Act,
  at: Date
): Promise<void> {
  const { organisationId, teamId, personId } = by
  await tx.insert(auditAct).values({ organisationId, teamId, personId, ...act, at })
}
