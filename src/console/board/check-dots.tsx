import type { ReactNode } from 'react'
import type { CheckArea, CheckState } from '../../core/check/check'
import { useWords, type Words } from '../../ui/language'
import classes from './check-dots.module.css'

const areas: readonly CheckArea[] = ['camera', 'device', 'network']

/** Each state has a shape of its own, so that it reads without colour. */
const shapes: Readonly<Record<CheckState, ReactNode>> = {
  pass: <circle cx="6" cy="6" r="4" fill="currentColor" />,
  fail: <path d="M2.5 2.5l7 7m0-7l-7 7" stroke="currentColor" strokeWidth="2.5" strokeLinecap="round" />,
  error: <path d="M6 1.5L11 10.5H1z" fill="currentColor" />,
  stale: (
    <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.5 1.7" />
  ),
  unknown: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.75" />
}

export const checkWords = ({ say }: Words, area: CheckArea, state: CheckState): string =>
  say('check.dot', { area: say(`check.area.${area}`), state: say(`check.state.${state}`) })

export function CheckSign({ state }: { readonly state: CheckState }): ReactNode {
  return (
    <svg className={classes.sign} data-check={state} viewBox="0 0 12 12" width={12} height={12} aria-hidden>
      {shapes[state]}
    </svg>
  )
}

interface Props {
  readonly checks: Readonly<Record<CheckArea, CheckState>>
}

/** Camera, device and network in this order, as three dots; words for screen readers and on hover. */
export function CheckDots({ checks }: Props): ReactNode {
  const words = useWords()
  const text = areas.map((area) => checkWords(words, area, checks[area])).join(', ')
  return (
    // Named as a picture: hidden text would be a layer of its own on each of three hundred tiles.
    <span className={classes.dots} role="img" aria-label={text} title={text}>
      {areas.map((area) => (
        <CheckSign key={area} state={checks[area]} />
      ))}
    </span>
  )
}
