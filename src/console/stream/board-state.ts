import type { AlertView, Board, StreamMessage, Tile } from '../../contract/wire/v1/console'

/** One row with the cursor of the message that wrote it. */
export interface Row<T> {
  readonly value: T
  readonly version: number
}
type Rows<T> = ReadonlyMap<string, Row<T>>

/** All that the console knows of the board. */
export interface BoardState {
  /** Everything up to this id is in here; the stream resumes after it. */
  readonly cursor: number
  readonly tiles: Rows<Tile>
  readonly alerts: Rows<AlertView>
}

export const emptyBoard: BoardState = { cursor: 0, tiles: new Map(), alerts: new Map() }

/** A message of the stream with the id it came under. */
export interface Numbered {
  readonly id: number
  readonly message: StreamMessage
}

/** A row is replaced only by a newer one: repeats and latecomers change nothing. */
function write<T>(rows: Rows<T>, key: string, value: T, version: number): Rows<T> {
  const known = rows.get(key)
  if (known && known.version >= version) return rows
  return new Map(rows).set(key, { value, version })
}

/** Rows of a fresh board, save where the stream already brought newer ones. */
function merge<T>(
  known: Rows<T>,
  fresh: readonly T[],
  keyOf: (value: T) => string,
  version: number
): Rows<T> {
  const merged = new Map(fresh.map((value) => [keyOf(value), { value, version }]))
  for (const [key, row] of known) if (row.version > version) merged.set(key, row)
  return merged
}

/** The board as loaded, laid under what the stream brought since. */
export function loadBoard(state: BoardState, board: Board): BoardState {
  const version = Number(board.cursor)
  return {
    cursor: version,
    tiles: merge(state.tiles, board.tiles, (tile) => tile.workstation, version),
    alerts: merge(state.alerts, board.alerts, (alert) => alert.id, version)
  }
}

/**
 * Messages of the stream, as many as came at once: the rows are copied once for all of them. The result is that of
 * `applyMessage` one by one.
 */
export function applyMessages(state: BoardState, batch: readonly Numbered[]): BoardState {
  let { cursor } = state
  let tiles: Map<string, Row<Tile>> | null = null
  let alerts: Map<string, Row<AlertView>> | null = null
  for (const { id, message } of batch) {
    cursor = Math.max(cursor, id)
    if (message.kind === 'tile') {
      const known = (tiles ?? state.tiles).get(message.tile.workstation)
      if (known !== undefined && known.version >= id) continue
      tiles ??= new Map(state.tiles)
      tiles.set(message.tile.workstation, { value: message.tile, version: id })
    } else if (message.kind === 'alert') {
      const known = (alerts ?? state.alerts).get(message.alert.id)
      if (known !== undefined && known.version >= id) continue
      alerts ??= new Map(state.alerts)
      alerts.set(message.alert.id, { value: message.alert, version: id })
    }
  }
  if (cursor === state.cursor && tiles === null && alerts === null) return state
  return { cursor, tiles: tiles ?? state.tiles, alerts: alerts ?? state.alerts }
}

/**
 * One message of the stream. The same messages end in the same board whatever their order, their repeats and the way
 * they were cut into connections. `beat` and `reload` say nothing about rows.
 */
export function applyMessage(state: BoardState, { id, message }: Numbered): BoardState {
  const cursor = Math.max(state.cursor, id)
  switch (message.kind) {
    case 'tile':
      return { ...state, cursor, tiles: write(state.tiles, message.tile.workstation, message.tile, id) }
    case 'alert':
      return { ...state, cursor, alerts: write(state.alerts, message.alert.id, message.alert, id) }
    case 'beat':
    case 'reload':
      return cursor === state.cursor ? state : { ...state, cursor }
  }
}
