import { reportFilterSchema, type ReportFilter } from '../../contract/wire/v1/saved-filter'

/** What the page shows to who chose nothing yet. */
export const firstFilters = {
  alerts: { view: 'alerts', days: 7, team: null },
  trend: { view: 'trend', weeks: 8, advocate: null }
} as const satisfies { readonly [V in ReportFilter['view']]: ReportFilter }

/** The address that shows a filter: it can be kept and sent. */
export function addressOf(filter: ReportFilter): string {
  const parts = new URLSearchParams(
    filter.view === 'alerts'
      ? { days: String(filter.days), ...(filter.team === null ? {} : { team: filter.team }) }
      : { weeks: String(filter.weeks), ...(filter.advocate === null ? {} : { advocate: filter.advocate }) }
  )
  return `${filter.view === 'trend' ? '/reports/trend' : '/reports'}?${parts.toString()}`
}

/** The filter that an address asks for; null where it says none, or one that is none. */
export function filterAt(path: string, search: string): ReportFilter | null {
  const asked = new URLSearchParams(search)
  const read = reportFilterSchema.safeParse(
    path === '/reports/trend'
      ? { view: 'trend', weeks: Number(asked.get('weeks')), advocate: asked.get('advocate') }
      : { view: 'alerts', days: Number(asked.get('days')), team: asked.get('team') }
  )
  return read.success ? read.data : null
}
