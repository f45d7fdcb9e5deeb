import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { AlertView } from '../../contract/wire/v1/console'
import { judgedRuleIds } from '../../core/judgement/rule'
import { ConfidenceBar } from '../../ui/confidence-bar'
import { useWords, type Words } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { StateMark } from '../../ui/state-mark'
import { stateOfSeverity } from '../../ui/states'
import { clockTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import { Exceptions } from '../break-glass/exceptions'
import type { Acknowledging } from '../board/use-acknowledge'
import { alertSentence, mergedWords } from '../board/words'
import classes from './alert-panel.module.css'
import { Decide } from './decide'
import { HistoryPart } from './history-part'
import { Key } from './key'
import { LifePart } from './life-part'
import { Facts, Panel, Part } from './panel'
import { TimeLine } from './time-line'

interface Props {
  readonly alert: AlertView
  /** Place among the open alerts, from 1; null once it is acknowledged. */
  readonly position: number | null
  readonly open: number
  readonly keys: boolean
  readonly acknowledging: Acknowledging
  readonly onStep: (by: 1 | -1) => void
  readonly onClose: () => void
  /** After something was recorded, where no stream tells of it. */
  readonly onDone?: () => void
}

/** What may be an honest mistake of the eyes, and weighs on a person: it is looked at before it is believed. */
const reviewed: readonly AlertView['rule'][] = ['camera-looped', 'camera-photo', 'camera-virtual']

/** One alert in full, with the acts it allows and their keys. */
export function AlertPanel(props: Props): ReactNode {
  const { alert, position, open, keys, acknowledging, onStep, onClose, onDone } = props
  const { may } = useConsole()
  const words = useWords()
  const { language, say } = words
  const { device } = alert
  // What the camera told is an estimate with a confidence; the rest are facts of the machine or of the person.
  const isFact = !judgedRuleIds.some((rule) => rule === alert.rule)
  const lead = (
    <>
      <div className={classes.marks}>
        <StateMark
          state={stateOfSeverity(alert.severity)}
          word={say(
            !alert.active ? 'alert.over' : alert.rule === 'help-asked' ? 'alert.waiting' : 'alert.active'
          )}
          look="chip"
        />
        {alert.simulated ? <span className={classes.simulated}>{say('desk.simulated')}</span> : null}
      </div>
      <p className={classes.sentence}>{alertSentence(words, alert)}</p>
    </>
  )
  return (
    <Panel
      title={ruleTitle(language, alert.rule)}
      subject={alert.id}
      lead={lead}
      onClose={onClose}
      foot={
        <>
          <Decide
            alert={alert}
            keys={keys}
            acknowledging={acknowledging}
            {...(onDone === undefined ? {} : { onDone })}
          />
          <div className={classes.steps}>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconChevronUp size={16} aria-hidden />}
              rightSection={keys ? <Key name="k" /> : null}
              onClick={() => onStep(-1)}
              disabled={open === 0}
              aria-keyshortcuts={keys ? 'k' : undefined}
            >
              {say('alert.previous')}
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconChevronDown size={16} aria-hidden />}
              rightSection={keys ? <Key name="j" /> : null}
              onClick={() => onStep(1)}
              disabled={open === 0}
              aria-keyshortcuts={keys ? 'j' : undefined}
            >
              {say('alert.next')}
            </Button>
            <span className={classes.position}>
              {position === null ? null : say('alert.position', { at: position, count: open })}
            </span>
          </div>
        </>
      }
    >
      <Part title={say(isFact ? 'alert.happened' : 'alert.seen')}>
        <div className={classes.what}>
          {ruleTitle(language, alert.rule)}
          {alert.people > 0 ? ` · ${say('rule.people', { count: alert.people })}` : null}
        </div>
        {isFact ? (
          <div className={classes.quiet}>{say('alert.fact')}</div>
        ) : (
          <ConfidenceBar score={alert.score} />
        )}
        {mergedWords(words, alert).map((text) => (
          <div key={text} className={classes.quiet}>
            {text}
          </div>
        ))}
        {reviewed.includes(alert.rule) ? <div className={classes.quiet}>{say('alert.review')}</div> : null}
      </Part>
      {alert.rule === 'help-asked' ? null : (
        <Part title={say('alert.response')}>{say(`alert.response.${alert.response}`)}</Part>
      )}
      {alert.life === undefined ? null : <LifePart life={alert.life} />}
      {may('exception.read') && (alert.rule === 'break-glass-asked' || alert.rule === 'break-glass-used') ? (
        <Exceptions workstation={alert.workstation} />
      ) : null}
      <Part title={say('alert.timeline')}>
        <TimeLine entries={alert.timeline} />
      </Part>
      {may('audit.read') ? <HistoryPart alert={alert.id} /> : null}
      <Part title={say('alert.facts')}>
        <Facts
          rows={[
            [say('desk.label'), alert.label],
            [say('alert.facts.build'), device.build],
            [say('alert.facts.flavour'), say(`alert.facts.flavour.${device.flavour}`)],
            [say('alert.facts.key'), say(`alert.facts.key.${device.keyClass}`)],
            [say('alert.facts.model'), device.model],
            [say('alert.facts.policy'), say('alert.facts.policyVersion', { version: device.policyVersion })],
            ...attestationRows(words, alert)
          ]}
        />
      </Part>
    </Panel>
  )
}

/** Under which attestation it was raised. A hub from before attestation says nothing of it, and then neither do we. */
function attestationRows({ language, say }: Words, { attestation }: AlertView): [string, string][] {
  if (attestation === undefined) return []
  if (attestation === null) return [[say('alert.facts.attestation'), say('alert.facts.attestation.none')]]
  const kind = attestation.quoted ? 'quoted' : attestation.buildAllowed ? 'allowed' : 'reported'
  const time = clockTime(language, attestation.at)
  return [[say('alert.facts.attestation'), say(`alert.facts.attestation.${kind}`, { time })]]
}
