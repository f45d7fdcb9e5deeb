import { useId, type ReactNode } from 'react'
import classes from './bars.module.css'

interface Props {
  readonly title: string
  readonly bars: readonly { readonly name: string; readonly value: number }[]
  /** `rows`: names beside bars that lie; `columns`: names under bars that stand. */
  readonly look: 'rows' | 'columns'
}

/** Bars with their numbers in words, so that nothing is told by length alone. */
export function Bars({ title, bars, look }: Props): ReactNode {
  const id = useId()
  const most = Math.max(1, ...bars.map(({ value }) => value))
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption id={id} className={classes.title}>
        {title}
      </figcaption>
      <ol className={look === 'rows' ? classes.rows : classes.columns}>
        {bars.map(({ name, value }) => (
          <li key={name}>
            <span className={classes.name}>{name}</span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                style={look === 'rows' ? { inlineSize: size(value, most) } : { blockSize: size(value, most) }}
              />
            </span>
            <span className={classes.value}>{value}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

const size = (value: number, most: number): string => `${(100 * value) / most}%`
