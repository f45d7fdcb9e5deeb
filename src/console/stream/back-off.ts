const FIRST_MS = 500
const LONGEST_MS = 15_000

/**
 * How long to wait before the next try, milliseconds. Doubles from half a second up to a quarter minute; half of it is
 * chance, so that three hundred consoles do not come back in one breath. `chance` is 0 to 1.
 */
export function backOffMs(triesSoFar: number, chance: number): number {
  const ceiling = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(triesSoFar, 10))
  return Math.round(ceiling / 2 + (ceiling / 2) * chance)
}
