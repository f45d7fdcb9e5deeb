import { useSyncExternalStore, type ReactNode } from 'react'
import { IconCertificate } from '@tabler/icons-react'
import type { TileWork } from '../../contract/wire/v1/work'
import { shiftStanding } from '../../core/integration/shift'
import { useWords } from '../../ui/language'
import { Since } from '../../ui/since'
import { pageTicker } from '../../ui/ticker'
import { clockTime } from '../../ui/time'
import classes from './work-line.module.css'

interface Props {
  readonly work: TileWork
  readonly isAtWork: boolean
}

/** What other systems told of the person: the call with its length, the shift, and whether a certification wants a look. */
export function WorkLine({ work, isAtWork }: Props): ReactNode {
  const { language, say } = useWords()
  const { call, shift, certifications } = work
  // Which word it is changes with the clock; the line is drawn again only when it does.
  const standing = useSyncExternalStore(pageTicker.subscribe, () =>
    shift === null
      ? 'over'
      : shiftStanding(
          { startsAt: Date.parse(shift.startsAt), endsAt: Date.parse(shift.endsAt) },
          isAtWork,
          pageTicker.now()
        )
  )
  const hasNews = certifications !== null && certifications !== 'good'
  if (call === null && standing === 'over' && !hasNews) return null
  return (
    <span className={classes.line} data-testid="work">
      {call === null ? null : (
        <span data-call={call.state}>
          {say(`work.call.${call.state}`)} · <Since at={call.since} show="short" />
        </span>
      )}
      {shift === null || standing === 'over' ? null : (
        <span className={classes.shift} data-shift={standing}>
          {say(`work.shift.${standing}`, {
            time: clockTime(language, standing === 'now' ? shift.endsAt : shift.startsAt)
          })}
        </span>
      )}
      {hasNews ? (
        <span
          className={classes.certification}
          role="img"
          data-certifications={certifications}
          aria-label={say(`work.certifications.${certifications}`)}
          title={say(`work.certifications.${certifications}`)}
        >
          <IconCertificate size={16} aria-hidden />
        </span>
      ) : null}
    </span>
  )
}
