import { Skeleton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './loading.module.css'

/** Before the first state of main: quiet bars, and only when it takes longer than a blink. */
export function Loading(): ReactNode {
  const { say } = useWords()
  return (
    <main className={classes.page} aria-busy aria-label={say('common.loading')}>
      <Skeleton height={28} width={240} animate={false} />
      <Skeleton height={16} width={360} animate={false} />
      <Skeleton height={16} width={320} animate={false} />
    </main>
  )
}
