import type { ReactNode } from 'react'
import type { CheckArea, CheckState } from '../../core/check/check'
import { useWords, type Words } from '../../ui/language'
import classes from './check-dots.module.css'

const areas: readonly CheckArea[] = ['camera', 'device', 'network']

/** Each state has a shape of its own, so that it reads without colour. `x`: where its square of 12 begins. */
const shapes: Readonly<Record<CheckState, (x: number) => ReactNode>> = {
  pass: (x) => <circle cx={x + 6} cy="6" r="4" fill="currentColor" />,
  fail: (x) => (
    <path d={`M${x + 2.5} 2.5l7 7m0-7l-7 7`} stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />
  ),
  error: (x) => <path d={`M${x + 6} 1.5l5 9h-10z`} fill="currentColor" />,
  stale: (x) => (
    <circle
      cx={x + 6}
      cy="6"
      r="4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeDasharray="2.5 1.7"
    />
  ),
  unknown: (x) => <circle cx={x + 6} cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />
}

export const checkWords = ({ say }: Words, area: CheckArea, state: CheckState): string =>
  say('check.dot', { area: say(`check.area.${area}`), state: say(`check.state.${state}`) })

export function CheckSign({ state }: { readonly state: CheckState }): ReactNode {
  return (
    <svg className={classes.sign} data-check={state} viewBox="0 0 12 12" width={12} height={12} aria-hidden>
      {shapes[state](0)}
    </svg>
  )
}

interface Props {
  readonly checks: Readonly<Record<CheckArea, CheckState>>
}

/** How far a dot stands from the next. */
const STEP = 16

/** Camera, device and network in this order, as three dots of one picture; words for screen readers and on hover. */
export function CheckDots({ checks }: Props): ReactNode {
  const words = useWords()
  const text = areas.map((area) => checkWords(words, area, checks[area])).join(', ')
  return (
    // Named as a picture, and one picture: each of its own would be painted and clipped for itself, on three hundred tiles.
    <svg
      className={classes.dots}
      role="img"
      aria-label={text}
      viewBox={`0 0 ${STEP * 2 + 12} 12`}
      width={STEP * 2 + 12}
      height={12}
    >
      <title>{text}</title>
      {areas.map((area, index) => (
        <g key={area} className={classes.sign} data-check={checks[area]}>
          {shapes[checks[area]](index * STEP)}
        </g>
      ))}
    </svg>
  )
}
