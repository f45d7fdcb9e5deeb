import { Button, Radio } from '@mantine/core'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import { breakGlassReasonSchema, type BreakGlassReason } from '../../../core/break-glass/request'
import type { CheckName } from '../../../core/check/names'
import { checkTitle } from '../../../ui/check-words'
import { useWords } from '../../../ui/language'
import classes from './ask-form.module.css'

interface Props {
  readonly check: CheckName
  readonly onAsk: (reason: BreakGlassReason) => void
  readonly onClose: () => void
}

/** Asks that one check be waived. A reason is chosen, never typed: what is typed here could be about a member. */
export function AskForm({ check, onAsk, onClose }: Props): ReactNode {
  const { language, say } = useWords()
  const [reason, setReason] = useState<BreakGlassReason | null>(null)
  const [tried, setTried] = useState(false)
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    setTried(true)
    if (reason !== null) onAsk(reason)
  }
  const title = say('glass.ask.title', { check: checkTitle(language, check) })
  return (
    <form className={classes.form} aria-label={title} noValidate onSubmit={submit}>
      <h3 className={classes.title}>{title}</h3>
      <p className={classes.detail}>{say('glass.ask.detail')}</p>
      <Radio.Group
        label={say('glass.ask.why')}
        error={tried && reason === null ? say('glass.ask.missing') : null}
        value={reason ?? ''}
        onChange={(value) => setReason(breakGlassReasonSchema.parse(value))}
      >
        <div className={classes.reasons}>
          {breakGlassReasonSchema.options.map((one, index) => (
            <Radio key={one} value={one} label={say(`glass.reason.${one}`)} autoFocus={index === 0} />
          ))}
        </div>
      </Radio.Group>
      <div className={classes.acts}>
        <Button type="submit">{say('glass.ask.send')}</Button>
        <Button variant="default" onClick={onClose}>
          {say('common.close')}
        </Button>
      </div>
    </form>
  )
}
