import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Tile } from '../../contract/wire/v1/console'
import type { DeskWork } from '../../contract/wire/v1/work'
import type { Requirement } from '../../core/integration/certification'
import { useWords, type Words } from '../../ui/language'
import { clockTime, dayAndTime } from '../../ui/time'
import { Facts, Part } from '../alert/panel'
import { useConsole } from '../app/console-context'
import classes from './desk-checks.module.css'

/** How often an open panel asks again, milliseconds. */
const AGAIN_MS = 30_000

/** What other systems told of who is at a desk, in full. */
export function DeskWorkPart({ tile }: { readonly tile: Tile }): ReactNode {
  const words = useWords()
  const { say } = words
  const { hub } = useConsole()
  const { data, isError } = useQuery<DeskWork>({
    // A change on the tile is worth a new look.
    queryKey: ['desk-work', tile.workstation, tile.person?.id, tile.work],
    queryFn: ({ signal }) => hub.deskWork(tile.workstation, signal),
    refetchInterval: AGAIN_MS,
    placeholderData: (before) => (before?.person?.id === tile.person?.id ? before : undefined)
  })
  const rows = data === undefined ? [] : rowsOf(words, data)
  return (
    <Part title={say('work.title')}>
      <div data-testid="desk-work">
        {isError ? <p className={classes.quiet}>{say('work.failed')}</p> : null}
        {data?.person === null ? <p className={classes.quiet}>{say('work.nobody')}</p> : null}
        {data !== undefined && data.person !== null && rows.length === 0 ? (
          <p className={classes.quiet}>{say('work.none')}</p>
        ) : null}
        {rows.length === 0 ? null : <Facts rows={rows} />}
      </div>
    </Part>
  )
}

const nameOf = ({ name, state }: Requirement): string => (state === undefined ? name : `${name} (${state})`)

function rowsOf({ language, say }: Words, work: DeskWork): (readonly [string, string])[] {
  const { figures } = work
  const minutes = (seconds: number): string => say('work.minutes', { count: Math.round(seconds / 60) })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  // A day is a day wherever it is read.
  const day = (date: string): string =>
    new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(
      new Date(`${date}T00:00:00Z`)
    )
  return [
    ...(figures === null
      ? []
      : [
          [say('work.calls', { day: day(figures.day) }), String(figures.calls)] as const,
          [say('work.talk'), minutes(figures.talkS)] as const,
          [say('work.hold'), minutes(figures.holdS)] as const,
          [say('work.wrapUp'), minutes(figures.wrapUpS)] as const,
          ...(figures.adherence === null
            ? []
            : [[say('work.adherence'), percent.format(figures.adherence)] as const])
        ]),
    ...work.shifts.slice(0, 3).map(
      ({ startsAt, endsAt }, index) =>
        [
          `${say('work.shift')}${work.shifts.length > 1 ? ` ${String(index + 1)}` : ''}`,
          say('work.shift.range', {
            from: dayAndTime(language, startsAt),
            to: clockTime(language, endsAt)
          })
        ] as const
    ),
    ...work.lacking
      .filter(({ why }) => why === 'missing')
      .map(({ requirement, why }) => [nameOf(requirement), say(`work.lacking.${why}`)] as const),
    ...work.certifications.map(
      ({ name, state, expiresOn, standing }) =>
        [
          nameOf({ name, ...(state === null ? {} : { state }) }),
          say(`work.standing.${standing}`, { day: day(expiresOn) })
        ] as const
    )
  ]
}
