import { useId, type ReactNode } from 'react'
import classes from './bars.module.css'

interface Props {
  readonly title: string
  /** `text` in place of the number; a value that nobody knows has no bar and a dash. */
  readonly bars: readonly { readonly name: string; readonly value: number | null; readonly text?: string }[]
  /** What the longest bar stands for; left out, the largest value. */
  readonly most?: number
  /** Only each so manyth column shows its words, where there are too many; all are there to be heard. */
  readonly every?: number
  /** `rows`: names beside bars that lie; `columns`: names under bars that stand. */
  readonly look: 'rows' | 'columns'
}

/** Bars with their numbers in words, so that nothing is told by length alone. */
export function Bars({ title, bars, look, most: given, every = 1 }: Props): ReactNode {
  const id = useId()
  const most = given ?? Math.max(1, ...bars.map(({ value }) => value ?? 0))
  return (
    <figure className={classes.figure} aria-labelledby={id}>
      <figcaption id={id} className={classes.title}>
        {title}
      </figcaption>
      <ol
        className={look === 'rows' ? classes.rows : classes.columns}
        style={look === 'rows' ? {} : { gridTemplateColumns: `repeat(${bars.length}, minmax(0, 1fr))` }}
      >
        {bars.map(({ name, value, text }, n) => (
          <li key={name} data-quiet={(bars.length - 1 - n) % every === 0 ? undefined : true}>
            <span className={classes.name}>{name}</span>
            <span className={classes.track}>
              <span
                className={classes.bar}
                style={look === 'rows' ? { inlineSize: size(value, most) } : { blockSize: size(value, most) }}
              />
            </span>
            <span className={classes.value}>{text ?? value ?? '–'}</span>
          </li>
        ))}
      </ol>
    </figure>
  )
}

const size = (value: number | null, most: number): string => `${(100 * (value ?? 0)) / most}%`
