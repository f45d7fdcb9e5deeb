import type { ReactNode } from 'react'
import type { AlertView, Tile } from '../../contract/wire/v1/console'
import { useWords } from '../../ui/language'
import { ruleTitle } from '../../ui/rule-words'
import { Since } from '../../ui/since'
import { StateMark } from '../../ui/state-mark'
import { clockTime } from '../../ui/time'
import { Facts, Panel, Part } from '../alert/panel'
import { useConsole } from '../app/console-context'
import { Exceptions } from '../break-glass/exceptions'
import { InstructPart } from '../instruct/instruct-part'
import { CheckSign } from './check-dots'
import { DeskChecks } from './desk-checks'
import { DeskWorkPart } from './desk-work'
import classes from './desk-panel.module.css'
import { deskSentence, nameOf, stateOfTile, wordOfTile } from './words'

interface Props {
  readonly tile: Tile
  /** This desk's alerts, newest first. */
  readonly alerts: readonly AlertView[]
  readonly onOpenAlert: (alert: string) => void
  readonly onClose: () => void
}

const areas = ['camera', 'device', 'network'] as const

/** One desk in full. */
export function DeskPanel({ tile, alerts, onOpenAlert, onClose }: Props): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { may } = useConsole()
  return (
    <Panel
      title={nameOf(tile)}
      subject={tile.workstation}
      onClose={onClose}
      lead={
        <>
          <div className={classes.marks}>
            <StateMark state={stateOfTile(tile)} word={wordOfTile(words, tile)} look="chip" />
            {tile.simulated ? <span className={classes.simulated}>{say('desk.simulated')}</span> : null}
          </div>
          <p className={classes.sentence}>{deskSentence(words, tile)}</p>
        </>
      }
    >
      <Part title={say('desk.checks')}>
        <ul className={classes.checks}>
          {areas.map((area) => (
            <li key={area}>
              <CheckSign state={tile.checks[area]} />
              {say('check.dot', {
                area: say(`check.area.${area}`),
                state: say(`check.state.${tile.checks[area]}`)
              })}
            </li>
          ))}
        </ul>
      </Part>
      {may('desk.instruct') ? <InstructPart workstation={tile.workstation} /> : null}
      {may('work.read') ? <DeskWorkPart tile={tile} /> : null}
      <DeskChecks tile={tile} />
      <Exceptions workstation={tile.workstation} />
      <Part title={say('desk.alerts')}>
        {alerts.length === 0 ? <div className={classes.quiet}>{say('desk.alerts.none')}</div> : null}
        <ul className={classes.alerts}>
          {alerts.slice(0, 50).map((alert) => (
            <li key={alert.id}>
              <button type="button" className={classes.alert} onClick={() => onOpenAlert(alert.id)}>
                <span className={classes.quiet}>{clockTime(language, alert.raisedAt)}</span>
                {ruleTitle(language, alert.rule)}
              </button>
            </li>
          ))}
        </ul>
      </Part>
      <Part title={say('alert.facts')}>
        <Facts
          rows={[
            [say('desk.label'), tile.label],
            [
              say('desk.heard'),
              tile.lastHeard === null ? say('desk.heard.never') : <Since at={tile.lastHeard} show="length" />
            ]
          ]}
        />
      </Part>
    </Panel>
  )
}
