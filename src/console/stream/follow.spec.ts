import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startContractHub, type ContractHub } from '../../../e2e/console/contract-hub'
import { alertOf, tileOf } from '../../../e2e/console/rows'
import { createHubClient } from '../hub/hub-client'
import { backOffMs } from './back-off'
import { createBoardStore, type BoardStore, type Line } from './board-store'
import { followBoard, type Surroundings } from './follow'
import { soon } from '../../../test/soon'

const desk = tileOf(1)
let hub: ContractHub
let store: BoardStore
let stop: AbortController
let done: Promise<void>
let lines: Line['state'][]

const around: Surroundings = {
  now: () => Date.now(),
  chance: () => 0,
  pause: (_ms, signal) => new Promise((resolve) => setTimeout(resolve, signal.aborted ? 0 : 10)),
  silenceMs: 250,
  onBeat: () => undefined
}

beforeEach(async () => {
  hub = await startContractHub({ signedIn: true, beatMs: 40 })
  hub.push({ kind: 'tile', tile: desk })
  store = createBoardStore()
  stop = new AbortController()
  lines = []
  store.subscribe(() => {
    const { state } = store.snapshot().line
    if (lines.at(-1) !== state) lines.push(state)
  })
  done = followBoard(createHubClient(hub.origin), store, around, stop.signal)
  await soon(() => expect(hub.watchers()).toBe(1))
})

afterEach(async () => {
  stop.abort()
  await done
  await hub.close()
})

const alertIds = (): readonly string[] => [...store.snapshot().board.alerts.keys()]
const raise = (): string => {
  const alert = alertOf(desk)
  hub.push({ kind: 'alert', alert })
  return alert.id
}

describe('following the board', () => {
  test('loads the board, then shows what the stream brings', async () => {
    const id = raise()
    await soon(() => expect(alertIds()).toEqual([id]))
    expect(store.snapshot()).toMatchObject({ loaded: true, line: { state: 'live' } })
  })

  test('loses no alert and doubles none while the line breaks at random 200 times', async () => {
    const raised: string[] = []
    for (let n = 0; n < 200; n += 1) {
      raised.push(raise())
      if (n % 3 === 0) hub.cut()
      if (n % 7 === 0) hub.repeat(hub.log.at(-1)!.id)
      if (n % 5 === 0) await new Promise((resolve) => setTimeout(resolve, n % 4))
    }
    await soon(() => expect(alertIds()).toHaveLength(200))
    expect([...alertIds()].sort()).toEqual(raised.sort())
    expect(hub.calls.filter((call) => call === 'GET board')).toHaveLength(1)
  })

  test('says that the line is lost since when, and resumes without loading the board again', async () => {
    hub.down()
    const id = raise()
    await soon(() => expect(store.snapshot().line.state).toBe('lost'))
    const { line } = store.snapshot()
    await new Promise((resolve) => setTimeout(resolve, 60))
    expect(store.snapshot().line).toEqual(line)
    hub.up()
    await soon(() => expect(alertIds()).toEqual([id]))
    expect(store.snapshot().line.state).toBe('live')
    expect(hub.calls.filter((call) => call === 'GET board')).toHaveLength(1)
  })

  test('notices a line that is open and dead by its missing beats', async () => {
    hub.faults.frozen = true
    const id = raise()
    await soon(() => expect(lines).toContain('lost'))
    hub.faults.frozen = false
    await soon(() => expect(alertIds()).toEqual([id]))
  })

  test('loads the board again when the hub no longer knows the cursor', async () => {
    hub.down()
    const id = raise()
    hub.faults.reloadFrom = hub.log.at(-1)!.id
    hub.up()
    await soon(() => expect(alertIds()).toEqual([id]))
    expect(hub.calls.filter((call) => call === 'GET board')).toHaveLength(2)
  })

  test('stops and says so when the session is over', async () => {
    hub.endSession()
    await done
    expect(store.snapshot().line.state).toBe('signed-out')
  })
})

test('waits longer with each try, never longer than 15 s, and never all at the same time', () => {
  expect([0, 1, 2, 3].map((tries) => backOffMs(tries, 0))).toEqual([250, 500, 1000, 2000])
  expect(backOffMs(0, 1)).toBe(500)
  expect(backOffMs(1000, 1)).toBe(15_000)
})
