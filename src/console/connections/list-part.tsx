import { Button } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import review from '../review/review-page.module.css'
import classes from './connections.module.css'
import type { List } from './use-list'

interface Props<T> {
  readonly title: string
  readonly none: string
  /** The button that makes one, where there is one. */
  readonly make?: ReactNode
  readonly list: List<T>
  readonly columns: readonly string[]
  /** The rows of the table; none when there is nothing. */
  readonly rows: (data: T) => readonly ReactNode[]
}

/** One titled table of the page in each of its states: loading, failed, empty, filled. */
export function ListPart<T>({ title, none, make, list, columns, rows }: Props<T>): ReactNode {
  const words = useWords()
  const { say } = words
  const heading = useId()
  const filled = list.data === undefined ? [] : rows(list.data)
  const failure = list.failure === null ? null : failureWords(words, list.failure)
  return (
    <section className={classes.part} aria-labelledby={heading}>
      <div className={classes.head}>
        <h3 className={classes.partTitle} id={heading}>
          {title}
        </h3>
        {make}
      </div>
      {failure === null ? null : (
        <p className={classes.failed} role="alert">
          {failure.what} {failure.remedy}{' '}
          <Button size="xs" variant="default" onClick={list.again}>
            {say('common.retry')}
          </Button>
        </p>
      )}
      {list.data === undefined && failure === null ? (
        <p className={classes.quiet}>{say('common.loading')}</p>
      ) : null}
      {list.data !== undefined && filled.length === 0 ? <p className={classes.quiet}>{none}</p> : null}
      {filled.length === 0 ? null : (
        // It may be wider than a narrow window, so the keyboard has to get to it.
        <div className={classes.scroll} tabIndex={0} role="group" aria-labelledby={heading}>
          <table className={review.table}>
            <thead>
              <tr>
                {columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>{filled}</tbody>
          </table>
        </div>
      )}
    </section>
  )
}
