import type { ReactNode } from 'react'
import type { LifeView } from '../../contract/wire/v1/alert-life'
import { useWords } from '../../ui/language'
import { clockTime, dayAndTime } from '../../ui/time'
import classes from './alert-panel.module.css'
import { Part } from './panel'

/** What people made of one alert: whose turn it is, the decision, and what the person says against it. */
export function LifePart({ life }: { readonly life: LifeView }): ReactNode {
  const { language, say } = useWords()
  const { stage, level, escalateAt, decision, appealUntil, appeal } = life
  return (
    <Part title={say('life.title')}>
      <div className={classes.what} data-testid="life-stage" data-stage={stage}>
        {say(`life.stage.${stage}`)}
        {level === 'supervisor' || decision !== null ? null : ` · ${say(`life.level.${level}`)}`}
      </div>
      {escalateAt === null ? null : (
        <div className={classes.quiet}>
          {say('life.escalates', { time: clockTime(language, escalateAt) })}
        </div>
      )}
      {decision === null ? null : (
        <>
          <div>
            {say('life.decision', {
              verdict: say(`life.verdict.${decision.verdict}`),
              reason: say(`life.reason.${decision.reason}`),
              by: decision.by.name,
              time: dayAndTime(language, decision.at)
            })}
          </div>
          <blockquote className={classes.note}>{decision.note}</blockquote>
        </>
      )}
      {stage === 'decided' && appealUntil !== null ? (
        <div className={classes.quiet}>
          {say('life.appealUntil', { date: dayAndTime(language, appealUntil) })}
        </div>
      ) : null}
      {appeal === null ? null : (
        <>
          <div>{say('life.appeal')}</div>
          <blockquote className={classes.note}>{appeal.statement}</blockquote>
          {appeal.answer === null ? (
            <div className={classes.quiet}>
              {say('life.appeal.due', { date: dayAndTime(language, appeal.dueAt) })}
            </div>
          ) : (
            <>
              <div>
                {say('life.appeal.answered', {
                  answer: say(appeal.answer.upheld ? 'life.appeal.upheld' : 'life.appeal.dismissed'),
                  by: appeal.answer.by.name,
                  time: dayAndTime(language, appeal.answer.at)
                })}
              </div>
              <blockquote className={classes.note}>{appeal.answer.note}</blockquote>
            </>
          )}
        </>
      )}
    </Part>
  )
}
