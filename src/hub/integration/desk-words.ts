import type { DeskWord } from '../../core/integration/readiness'
import type { Queries } from '../store/open'
import { tiles } from '../stream/tiles'

/** What desks of an organisation say, as the board has it, by workstation: a silent or doubted one says nothing good. */
export async function deskWords(
  db: Queries,
  organisationId: string,
  desks: readonly { readonly workstation: string; readonly teamId: string }[],
  now: Date
): Promise<ReadonlyMap<string, DeskWord>> {
  const words = new Map<string, DeskWord>()
  for (const teamId of new Set(desks.map((row) => row.teamId))) {
    const ids = desks.filter((row) => row.teamId === teamId).map(({ workstation }) => workstation)
    for (const tile of await tiles(db, { organisationId, teamId }, ids, now))
      words.set(tile.workstation, tile)
  }
  return words
}
