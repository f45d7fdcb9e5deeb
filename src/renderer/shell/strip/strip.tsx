import { Button, VisuallyHidden } from '@mantine/core'
import { IconHandStop, IconListCheck, IconLogout2, IconNotes } from '@tabler/icons-react'
import { useState, type ReactNode } from 'react'
import type { ShellState } from '../../../contract/ipc/schema'
import { useWords } from '../../../ui/language'
import { needing } from '../../../ui/check-groups'
import { StateMark } from '../../../ui/state-mark'
import { Brand } from '../brand'
import type { ShellApi } from '../bridge'
import { FlavourBadge } from '../flavour-badge'
import { LanguageChoice } from '../language-choice'
import { useStripHeight } from '../use-strip-height'
import { ChecksPanel } from './checks-panel'
import { EndShiftPanel } from './end-shift-panel'
import { HubLine } from './hub-line'
import { Notes } from './notes'
import { sensedWords } from './sensed'
import { RecordPanel } from './record-panel'
import { ShiftClock } from './shift-clock'
import classes from './strip.module.css'
import { Tabs } from './tabs'
import { useSteady } from './use-steady'

type Panel = 'checks' | 'record' | 'end-shift'

interface Props {
  readonly api: ShellApi
  readonly state: ShellState
}

/**
 * The strip over the workspace. Its panels open inside it and push the workspace down:
 * the workspace is a view that lies over this page, so nothing can float above it.
 */
export function Strip({ api, state }: Props): ReactNode {
  const { language, say } = useWords()
  const strip = useStripHeight(api)
  const [panel, setPanel] = useState<Panel | null>(null)
  const sensed = useSteady(sensedWords(state, language, say))
  const failing = needing(state.checks)
  const toggle = (which: Panel) => (): void => {
    setPanel(panel === which ? null : which)
  }
  const close = (): void => {
    setPanel(null)
  }
  return (
    <header
      ref={strip}
      className={classes.strip}
      aria-label={say('shell.strip')}
      onKeyDown={(event) => {
        if (event.key === 'Escape') close()
      }}
    >
      <div className={classes.row}>
        <Brand name={false} />
        <span className={classes.who}>{state.person?.name}</span>
        {state.shiftSince !== null && <ShiftClock since={state.shiftSince} />}
        <span className={classes.sensed} role="status">
          <StateMark look="chip" state={sensed.state} word={sensed.words} />
        </span>
        <div className={classes.actions}>
          <HubLine hub={state.hub} waiting={state.waiting} />
          <Action
            icon={<IconListCheck size={16} aria-hidden />}
            aria-expanded={panel === 'checks'}
            onClick={toggle('checks')}
          >
            <span className={classes.spare}>{say('shell.checks')}</span>
            <VisuallyHidden>{say('shell.checks.open', { count: failing })}</VisuallyHidden>
            {failing > 0 && (
              <span className={classes.count} aria-hidden>
                {failing}
              </span>
            )}
          </Action>
          <Action
            icon={<IconNotes size={16} aria-hidden />}
            aria-expanded={panel === 'record'}
            onClick={toggle('record')}
          >
            <span className={classes.spare}>{say('shell.record')}</span>
          </Action>
          <Action
            icon={<IconHandStop size={16} aria-hidden />}
            disabled={state.helpAsked}
            onClick={() => {
              api.askHelp()
            }}
          >
            {say(state.helpAsked ? 'shell.help.asked' : 'shell.help')}
          </Action>
          <Action
            icon={<IconLogout2 size={16} aria-hidden />}
            aria-expanded={panel === 'end-shift'}
            onClick={toggle('end-shift')}
          >
            {say('shell.end-shift')}
          </Action>
          <LanguageChoice onChoose={(one) => api.setLanguage(one)} />
          <FlavourBadge flavour={state.flavour} onEndDemo={() => api.endDemo()} />
        </div>
      </div>
      <Tabs api={api} state={state} />
      <Notes api={api} state={state} />
      {panel === 'checks' && <ChecksPanel api={api} state={state} onClose={close} />}
      {panel === 'record' && <RecordPanel api={api} onClose={close} />}
      {panel === 'end-shift' && <EndShiftPanel onEnd={() => api.signOut()} onStay={close} />}
    </header>
  )
}

interface ActionProps {
  readonly icon: ReactNode
  readonly onClick: () => void
  readonly disabled?: boolean
  /** Whether the panel that it opens is open. */
  readonly 'aria-expanded'?: boolean
  readonly children: ReactNode
}

/** One of the things that the person can do from the strip. */
function Action({ icon, ...rest }: ActionProps): ReactNode {
  return (
    <Button
      className={classes.action}
      variant="subtle"
      color="gray"
      size="compact-sm"
      leftSection={icon}
      {...rest}
    />
  )
}
