import type { Change, Place } from '../stream/append'
import type { Queries } from '../store/open'
import { tellAlerts } from './alerts'
import { channelsOf } from './channels'
import { tellReadiness } from './readiness'

/** Looks what the changes of a team's stream mean for whoever is told beside the console, within their transaction. */
export async function noteForChannels(
  tx: Queries,
  place: Place,
  changes: readonly Change[],
  now: Date
): Promise<void> {
  const channels = await channelsOf(tx, place)
  if (channels.length === 0) return
  const subjects = (kind: Change['kind']): string[] => [
    ...new Set(changes.filter((change) => change.kind === kind).map(({ subject }) => subject))
  ]
  await tellReadiness(tx, place, channels, subjects('tile'), now)
  await tellAlerts(tx, place, channels, subjects('alert'), now)
}
