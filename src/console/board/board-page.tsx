import { Button } from '@mantine/core'
import { useMemo, useRef, useSyncExternalStore, type ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { clockTime } from '../../ui/time'
import { pageTicker } from '../../ui/ticker'
import { AlertPanel } from '../alert/alert-panel'
import { Panel } from '../alert/panel'
import { useBoardPart, useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { Notice } from '../app/notice'
import { useKeys } from '../app/use-keys'
import { Announcer } from './announcer'
import classes from './board-page.module.css'
import { BoardSkeleton } from './board-skeleton'
import { DeskGrid } from './desk-grid'
import { DeskPanel } from './desk-panel'
import { Handled } from './handled'
import { Incidents } from './incidents'
import { KeysHint } from './keys-hint'
import { handledAlerts, openAlerts, orderedTiles } from './select'
import { usePacedTiles } from './use-paced-tiles'
import { useAcknowledge } from './use-acknowledge'
import { useSelection } from './use-selection'

/** The list of handled alerts drops what is older than an hour; looked at once a minute. */
const everyMinute = (): number => Math.floor(pageTicker.now() / 60_000)

/** The board: incidents on top, desks below, detail beside. */
export function BoardPage(): ReactNode {
  const words = useWords()
  const { say, language } = words
  const { keys, may, store } = useConsole()
  const line = useBoardPart((snapshot) => snapshot.line)
  const loaded = useBoardPart((snapshot) => snapshot.loaded)
  const alerts = useBoardPart((snapshot) => snapshot.board.alerts)
  const minute = useSyncExternalStore(pageTicker.subscribe, everyMinute)
  const open = useMemo(() => openAlerts(alerts), [alerts])
  const handled = useMemo(() => handledAlerts(alerts, minute * 60_000), [alerts, minute])
  const { paced, slow } = usePacedTiles(store)
  const tiles = useMemo(() => orderedTiles(slow), [slow])
  const acknowledging = useAcknowledge()
  const filter = useRef<HTMLInputElement>(null)
  const selection = useSelection(open)
  const { selected } = selection
  const alert = selected.kind === 'alert' ? alerts.get(selected.id)?.value : undefined
  const desk = selected.kind === 'desk' ? selected.id : null
  const tile = useBoardPart(({ board }) => (desk === null ? undefined : board.tiles.get(desk)?.value))
  const at = alert ? open.findIndex(({ id }) => id === alert.id) : -1

  const bindings = useMemo(
    () => ({
      j: () => selection.step(1),
      k: () => selection.step(-1),
      a: () => {
        if (alert?.status === 'raised' && may('alert.acknowledge')) acknowledging.acknowledge(alert.id)
      },
      '/': () => filter.current?.focus(),
      Escape: selection.close
    }),
    [selection, acknowledging, alert, may]
  )
  useKeys(bindings, keys)

  if (!loaded) {
    if (line.state !== 'lost') return <BoardSkeleton />
    const { what, remedy } = failureWords(words, line.failure)
    const reload = <Button onClick={() => window.location.reload()}>{say('console.failure.reload')}</Button>
    return <Notice title={what} hint={remedy} action={reload} />
  }

  const panel =
    selected.kind === 'none' ? null : alert ? (
      <AlertPanel
        alert={alert}
        position={at === -1 ? null : at + 1}
        open={open.length}
        keys={keys}
        acknowledging={acknowledging}
        onStep={selection.step}
        onClose={selection.close}
      />
    ) : tile ? (
      <DeskPanel
        tile={tile}
        alerts={[...open, ...handled].filter(({ workstation }) => workstation === tile.workstation)}
        onOpenAlert={selection.openAlert}
        onClose={selection.close}
      />
    ) : (
      <Panel
        title={say(selected.kind === 'alert' ? 'alert.gone' : 'desk.gone')}
        subject={selected.id}
        lead={selected.kind === 'alert' ? say('alert.goneHint') : null}
        onClose={selection.close}
      >
        {null}
      </Panel>
    )

  return (
    <main className={classes.split} data-open={panel !== null || undefined} data-line={line.state}>
      <Announcer open={open} loaded={loaded} />
      <div className={classes.main} data-testid="board">
        {line.state === 'lost' ? (
          <p className={classes.stale} data-testid="stale">
            {say('console.line.stale', { time: clockTime(language, line.since) })}
          </p>
        ) : null}
        <Incidents
          alerts={open}
          selected={alert?.id ?? null}
          acknowledging={acknowledging}
          onOpen={selection.openAlert}
        />
        <DeskGrid
          tiles={tiles}
          paced={paced}
          selected={alert?.workstation ?? tile?.workstation ?? null}
          onOpen={selection.openDesk}
          filterRef={filter}
        />
        <Handled alerts={handled} onOpen={selection.openAlert} />
        {keys ? <KeysHint /> : null}
      </div>
      {panel === null ? null : <div className={classes.side}>{panel}</div>}
    </main>
  )
}
