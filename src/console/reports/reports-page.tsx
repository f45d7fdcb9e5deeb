import { Tabs } from '@mantine/core'
import { useCallback, useState, type ReactNode } from 'react'
import type { ReportFilter } from '../../contract/wire/v1/saved-filter'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import split from '../board/board-page.module.css'
import devices from '../devices/devices.module.css'
import review from '../review/review-page.module.css'
import { AlertsPart } from './alerts-part'
import { firstFilters } from './filter-address'
import { SavedFilters } from './saved-filters'
import { TrendPart } from './trend-part'
import { useFilter } from './use-filter'

/** Figures that people look at: of a team's alerts, and for who leads advocates how one of them fares. */
export function ReportsPage(): ReactNode {
  const { say } = useWords()
  const { may } = useConsole()
  const [asked, choose] = useFilter()
  // One moment for the whole page, so that its figures fit together; looking anew begins with choosing.
  const [until, setUntil] = useState(() => Date.now())
  const onChoose = useCallback(
    (next: ReportFilter) => {
      setUntil(Date.now())
      choose(next)
    },
    [choose]
  )
  const onCorrect = useCallback((next: ReportFilter) => choose(next, { replace: true }), [choose])
  const views = may('coaching.read') ? (['alerts', 'trend'] as const) : (['alerts'] as const)
  const filter = views.some((one) => one === asked.view) ? asked : firstFilters.alerts
  const part =
    filter.view === 'alerts' ? (
      <AlertsPart filter={filter} until={until} onChoose={onChoose} onCorrect={onCorrect} />
    ) : (
      <TrendPart filter={filter} until={until} onChoose={onChoose} />
    )
  return (
    <main className={split.main} data-testid="reports">
      <div className={review.head}>
        <h2 className={review.title} id="desks" tabIndex={-1}>
          {say('report.title')}
        </h2>
        <SavedFilters filter={filter} onApply={onChoose} />
      </div>
      {views.length < 2 ? (
        part
      ) : (
        <Tabs
          value={filter.view}
          keepMounted={false}
          onChange={(next) => onChoose(firstFilters[views.find((one) => one === next) ?? 'alerts'])}
        >
          <Tabs.List aria-label={say('report.views')}>
            {views.map((one) => (
              <Tabs.Tab key={one} value={one}>
                {say(`report.view.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value={filter.view} className={devices.panel}>
            {part}
          </Tabs.Panel>
        </Tabs>
      )}
    </main>
  )
}
