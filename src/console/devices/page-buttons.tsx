import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import classes from './devices.module.css'

interface Props {
  /** The first is 0. */
  readonly page: number
  readonly pages: number
  readonly onPage: (page: number) => void
}

/** From one page of a long list to the next; nothing where there is one page. */
export function PageButtons({ page, pages, onPage }: Props): ReactNode {
  const { say } = useWords()
  if (pages < 2) return null
  return (
    <div className={classes.pages}>
      <Button variant="default" disabled={page === 0} onClick={() => onPage(page - 1)}>
        {say('devices.page.earlier')}
      </Button>
      <span role="status">{say('devices.page', { page: page + 1, pages })}</span>
      <Button variant="default" disabled={page >= pages - 1} onClick={() => onPage(page + 1)}>
        {say('devices.page.later')}
      </Button>
    </div>
  )
}
