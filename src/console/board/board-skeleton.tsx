import { Skeleton, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { useDelayed } from '../app/use-delayed'
import classes from './board-page.module.css'
import grid from './desk-grid.module.css'

/** The board's shape while it loads; not before 200 ms, so that a quick load does not flicker. */
export function BoardSkeleton(): ReactNode {
  const { say } = useWords()
  const late = useDelayed(200)
  if (!late) return null
  return (
    <main className={classes.main} aria-busy="true">
      <VisuallyHidden role="status">{say('board.loading')}</VisuallyHidden>
      <Skeleton height={28} width={160} />
      <Skeleton height={56} />
      <Skeleton height={28} width={160} />
      <div className={grid.grid}>
        {Array.from({ length: 18 }, (_, index) => (
          <Skeleton key={index} height={66} />
        ))}
      </div>
    </main>
  )
}
