import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alertOf, tileOf } from '../../../e2e/console/rows'
import type { Board } from '../../contract/wire/v1/console'
import {
  applyMessage,
  applyMessages,
  emptyBoard,
  loadBoard,
  type BoardState,
  type Numbered
} from './board-state'

const desks = Array.from({ length: 4 }, (_, n) => tileOf(n + 1))
const alerts = desks.map((desk) => alertOf(desk))

/** A plausible history of the stream: numbered upwards with gaps, rows replaced again and again. */
const histories = fc
  .array(
    fc.record({
      gap: fc.integer({ min: 1, max: 4 }),
      row: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('tile', 'alert', 'beat'),
      mark: fc.integer({ min: 0, max: 99 })
    }),
    { maxLength: 40 }
  )
  .map((steps) => {
    let id = 0
    return steps.map(({ gap, row, kind, mark }): Numbered => {
      id += gap
      const desk = desks[row]!
      const alert = alerts[row]!
      if (kind === 'tile') return { id, message: { kind, tile: { ...desk, openAlerts: mark } } }
      if (kind === 'alert')
        return { id, message: { kind, alert: { ...alert, timesToday: mark + 1, score: mark / 100 } } }
      return { id, message: { kind: 'beat', at: new Date(0).toISOString() } }
    })
  })

const run = (messages: readonly Numbered[], from: BoardState = emptyBoard): BoardState =>
  messages.reduce(applyMessage, from)

const rowsOf = (state: BoardState): unknown => ({
  tiles: [...state.tiles.values()].map(({ value }) => value).sort((a, b) => a.label.localeCompare(b.label)),
  alerts: [...state.alerts.values()].map(({ value }) => value).sort((a, b) => a.id.localeCompare(b.id))
})

/** What the hub would answer to a load of the board right after `seen`. */
function boardAfter(seen: readonly Numbered[]): Board {
  const state = run(seen)
  return {
    cursor: String(seen.at(-1)?.id ?? 0),
    tiles: [...state.tiles.values()].map(({ value }) => value),
    alerts: [...state.alerts.values()].map(({ value }) => value)
  }
}

describe('the state of the board', () => {
  test('is the same whatever the order and the repeats of the messages', () => {
    const shuffled = histories.chain((history) =>
      fc.tuple(
        fc.constant(history),
        fc.shuffledSubarray(history, { minLength: history.length, maxLength: history.length }),
        fc.subarray(history)
      )
    )
    fc.assert(
      fc.property(shuffled, ([history, order, repeats]) => {
        expect(rowsOf(run([...order, ...repeats]))).toEqual(rowsOf(run(history)))
      })
    )
  })

  test('is the same however often the line breaks and wherever it resumes', () => {
    const broken = fc.tuple(histories, fc.array(fc.nat(40), { maxLength: 8 }))
    fc.assert(
      fc.property(broken, ([history, breaks]) => {
        let state = emptyBoard
        for (const most of [...breaks, Infinity]) {
          // The hub sends what comes after the cursor; this connection carries the first few of it.
          const { cursor } = state
          const sent = history.filter(({ id }) => id > cursor).slice(0, most)
          state = run(sent, state)
        }
        expect(rowsOf(state)).toEqual(rowsOf(run(history)))
        expect(state.cursor).toBe(history.at(-1)?.id ?? 0)
      })
    )
  })

  test('is the same when the board is loaded anew in the middle, also beside a stream that runs ahead', () => {
    const cuts = fc.tuple(histories, fc.nat(40), fc.nat(40))
    fc.assert(
      fc.property(cuts, ([history, first, second]) => {
        const [early, late] = first < second ? [first, second] : [second, first]
        const board = boardAfter(history.slice(0, early))
        const ahead = run(history.slice(0, late))
        const merged = run(history.slice(early), loadBoard(ahead, board))
        expect(rowsOf(merged)).toEqual(rowsOf(run(history)))
      })
    )
  })

  test('is the same message by message and in batches', () => {
    fc.assert(
      fc.property(histories, histories, (before, history) => {
        const from = run(before)
        const single = run(history, from)
        const batch = applyMessages(from, history)
        expect(batch).toEqual(single)
        // What brings nothing new is the very same, so that nobody draws again.
        expect(applyMessages(single, history)).toBe(single)
      })
    )
  })

  test('never holds an alert twice', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const ids = [...run([...history, ...history]).alerts.values()].map(({ value }) => value.id)
        expect(new Set(ids).size).toBe(ids.length)
      })
    )
  })

  test('drops what a fresh board no longer has', () => {
    const gone = alerts[0]!
    const before = run([{ id: 3, message: { kind: 'alert', alert: gone } }])
    expect(loadBoard(before, { cursor: '9', tiles: [], alerts: [] }).alerts.size).toBe(0)
  })

  test('stays the same object for a beat that brings nothing new', () => {
    const state = run([{ id: 5, message: { kind: 'tile', tile: desks[0]! } }])
    expect(applyMessage(state, { id: 5, message: { kind: 'beat', at: new Date(0).toISOString() } })).toBe(
      state
    )
  })
})
