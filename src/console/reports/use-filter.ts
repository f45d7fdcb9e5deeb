import { useCallback } from 'react'
import { useLocation, useSearch } from 'wouter'
import { z } from 'zod'
import { reportFilterSchema, type ReportFilter } from '../../contract/wire/v1/saved-filter'
import { useConsole } from '../app/console-context'
import { useStoredText } from '../app/stored'
import { addressOf, filterAt, firstFilters } from './filter-address'

const storedSchema = z.string().transform((text, context) => {
  try {
    return JSON.parse(text) as unknown
  } catch {
    context.addIssue({ code: 'custom', message: 'no JSON' })
    return z.NEVER
  }
})

/**
 * What the page shows: what its address asks for, else what this person looked at last, else the first filter of the view.
 * Choosing changes the address, so that the browser's way back leads to the filter before; `replace` takes the place of one
 * that there is no way back to.
 */
export function useFilter(): readonly [
  ReportFilter,
  (next: ReportFilter, how?: { replace: boolean }) => void
] {
  const { me } = useConsole()
  const [path, navigate] = useLocation()
  const search = useSearch()
  const [kept, keep] = useStoredText(`reports.${me.id}.filter`)
  const view = path === '/reports/trend' ? 'trend' : 'alerts'
  const last = storedSchema.pipe(reportFilterSchema).safeParse(kept)
  const filter =
    filterAt(path, search) ??
    (last.success && last.data.view === view ? last.data : null) ??
    firstFilters[view]
  const choose = useCallback(
    (next: ReportFilter, how = { replace: false }) => {
      keep(JSON.stringify(next))
      navigate(addressOf(next), how)
    },
    [keep, navigate]
  )
  return [filter, choose]
}
