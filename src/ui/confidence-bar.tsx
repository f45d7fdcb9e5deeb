import type { ReactNode } from 'react'
import classes from './confidence-bar.module.css'
import { useWords } from './language'

/** Below the first the detector guesses, from the second it is sure; the words only, no decision hangs on them. */
const FAIR_FROM = 0.5
const HIGH_FROM = 0.75

/** How sure the detector was, as words and a bar. `score` is 0 to 1. */
export function ConfidenceBar({ score }: { readonly score: number }): ReactNode {
  const { say } = useWords()
  const percent = Math.round(Math.min(1, Math.max(0, score)) * 100)
  const word = score >= HIGH_FROM ? 'high' : score >= FAIR_FROM ? 'fair' : 'low'
  return (
    <div className={classes.row}>
      <div
        className={classes.track}
        role="meter"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
        aria-label={say('confidence.label', { percent })}
      >
        <div className={classes.fill} style={{ inlineSize: `${percent}%` }} />
      </div>
      <span className={classes.words} aria-hidden>
        {percent} % · {say(`confidence.${word}`)}
      </span>
    </div>
  )
}
