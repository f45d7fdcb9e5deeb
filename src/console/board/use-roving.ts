import { useCallback, useState, type KeyboardEvent } from 'react'

/** How many tiles stand beside each other: those on the first one's line. */
function columnsOf(tiles: readonly HTMLElement[]): number {
  const top = tiles[0]?.offsetTop
  const next = tiles.findIndex((tile) => tile.offsetTop !== top)
  return next === -1 ? tiles.length : next
}

interface Roving {
  readonly reachable: number
  readonly onKeyDown: (event: KeyboardEvent<HTMLElement>) => void
}

/** A grid of buttons as one stop of the Tab key: arrows, Home and End move inside of it. `count` is how many there are. */
export function useRoving(count: number): Roving {
  const [index, setIndex] = useState(0)
  const reachable = Math.min(index, Math.max(0, count - 1))
  const onKeyDown = useCallback((event: KeyboardEvent<HTMLElement>) => {
    const tiles = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-testid="tile"]')]
    const at = tiles.findIndex((tile) => tile === document.activeElement)
    if (at === -1) return
    const columns = columnsOf(tiles)
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: at + 1,
      ArrowLeft: at - 1,
      ArrowDown: at + columns,
      ArrowUp: at - columns,
      Home: 0,
      End: tiles.length - 1
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    const target = tiles[next]
    if (!target) return
    setIndex(next)
    target.focus()
  }, [])
  return { reachable, onKeyDown }
}
