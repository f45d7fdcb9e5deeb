import { and, eq, inArray } from 'drizzle-orm'
import type { HookBody } from '../../contract/wire/v1/hook'
import type { Place } from '../stream/append'
import type { Queries } from '../store/open'
import { alert, person, team, workstation } from '../store/tables'
import { hears, type ChannelRow } from './channels'
import { enqueue, type News } from './enqueue'

/** Where an alert is looked at, below the console's origin. */
export const alertPath = (id: string): string => `/alerts/${id}`

/**
 * Tells channels of alerts that came, and of those that were passed on. Told is who, which rule, when and where to look:
 * nothing that the camera measured, and nothing that anybody wrote. What was before a channel is not told to it.
 */
export async function tellAlerts(
  tx: Queries,
  place: Place,
  channels: readonly ChannelRow[],
  changed: readonly string[],
  now: Date
): Promise<void> {
  const hearing = channels.filter((row) => hears(row, 'alert-raised') || hears(row, 'alert-escalated'))
  if (hearing.length === 0 || changed.length === 0) return
  const rows = await tx
    .select({ alert, label: workstation.label, name: person.name, team: team.name })
    .from(alert)
    .innerJoin(workstation, eq(workstation.id, alert.workstationId))
    .innerJoin(team, eq(team.teamId, alert.teamId))
    .leftJoin(person, eq(person.id, alert.personId))
    .where(and(inArray(alert.id, [...changed]), eq(alert.organisationId, place.organisationId)))
  const news = rows.flatMap((row): readonly News[] => {
    const { id, receivedAt, escalatedToLeadAt, escalatedToOnCallAt } = row.alert
    const moments = [
      ['alert-raised', null, receivedAt],
      ['alert-escalated', 'lead', escalatedToLeadAt],
      ['alert-escalated', 'on-call', escalatedToOnCallAt]
    ] as const
    return hearing.flatMap((channel) =>
      moments.flatMap(([event, level, at]): readonly News[] => {
        if (at === null || at < channel.createdAt || !hears(channel, event)) return []
        const type = event === 'alert-raised' ? ('alert.raised' as const) : ('alert.escalated' as const)
        const body: HookBody = {
          type,
          timestamp: at.toISOString(),
          data: {
            alert: id,
            who: row.name ?? row.label,
            team: row.team,
            rule: row.alert.rule,
            severity: row.alert.severity,
            level,
            link: alertPath(id)
          }
        }
        return [{ channelId: channel.id, event: type, subject: id, once: `${id} ${level ?? 'raised'}`, body }]
      })
    )
  })
  await enqueue(tx, place, news, now)
}
