import { and, eq, isNull, or } from 'drizzle-orm'
import type { EventKind } from '../../core/integration/event'
import type { Place } from '../stream/append'
import { channel } from '../store/integration-tables'
import type { Queries } from '../store/open'

export type ChannelRow = typeof channel.$inferSelect

/** The channels that are told of what happens in a team: its own and those for all teams. */
export const channelsOf = (tx: Queries, place: Place): Promise<ChannelRow[]> =>
  tx
    .select()
    .from(channel)
    .where(
      and(
        eq(channel.organisationId, place.organisationId),
        isNull(channel.retiredAt),
        or(isNull(channel.teamId), eq(channel.teamId, place.teamId))
      )
    )

export const hears = (row: ChannelRow, event: EventKind): boolean => row.events.includes(event)
