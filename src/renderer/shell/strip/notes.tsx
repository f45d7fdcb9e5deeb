import {
  IconAlertTriangleFilled,
  IconBan,
  IconCloudOff,
  IconHandStop,
  IconUserOff
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import { programName } from '../../../ui/program-words'
import { ruleSeen } from '../../../ui/rule-words'
import { clockTime } from '../../../ui/time'
import { ExceptionNote } from '../break-glass/note'
import type { ShellApi } from '../bridge'
import classes from './notes.module.css'
import { SupportNote } from './support-note'
import { ToldNote } from './told-note'

interface Props {
  readonly api: Pick<ShellApi, 'endSupport'>
  readonly state: ShellState
}

/** Quiet lines under the strip: what is warned of, what the hub's silence means, that help is on its way. */
export function Notes({ api, state }: Props): ReactNode {
  const { language, say } = useWords()
  // A program is named: the rule's own sentence would say the same again.
  const named = (state.deniedPrograms ?? []).length > 0
  const warnings = state.warnings.filter(({ rule }) => !(named && rule === 'application-warned'))
  return (
    <div role="status" className={classes.notes}>
      {(state.deniedPrograms ?? [])
        .filter(({ stays }) => !stays)
        .map((program) => (
          <p key={`${program.title ?? ''} ${program.file}`} className={classes.note}>
            <IconAlertTriangleFilled size={18} aria-hidden />
            {say(program.response === 'close' ? 'shell.program.closing' : 'shell.program.close', {
              program: programName(language, program)
            })}
          </p>
        ))}
      {warnings.map((warning) => (
        <p key={warning.rule} className={classes.note}>
          <IconAlertTriangleFilled size={18} aria-hidden />
          {say(warning.recorded ? 'shell.warning.recorded' : 'shell.warning', {
            seen: ruleSeen(language, warning.rule)
          })}
        </p>
      ))}
      {(state.siteDenials ?? []).map(({ why, host, count }) => (
        <p key={why} className={classes.note}>
          <IconBan size={18} aria-hidden />
          {say(`site.denied.${why}`, { host, count })}
        </p>
      ))}
      {state.hub.state === 'unreachable' && (
        <p className={classes.note}>
          <IconCloudOff size={18} aria-hidden />
          <span>
            {say('shell.hub.note', { time: clockTime(language, state.hub.since) })}
            {state.waiting > 0 && <> {say('shell.waiting.note', { count: state.waiting })}</>}
          </span>
        </p>
      )}
      <ToldNote told={state.told} className={classes.note} />
      <SupportNote api={api} support={state.support} className={classes.note} />
      <ExceptionNote state={state.breakGlass} className={classes.note} />
      {state.offline === true && (
        <p className={classes.note}>
          <IconUserOff size={18} aria-hidden />
          {say('shell.offline.note')}
        </p>
      )}
      {state.helpAsked && (
        <p className={classes.note}>
          <IconHandStop size={18} aria-hidden />
          {say('shell.help.note')}
        </p>
      )}
    </div>
  )
}
