/** One figure of a bench, and what is promised of it. */
export interface Promised {
  readonly figure: string
  /** As it was measured; null when it was not. */
  readonly value: number | null
  readonly least?: number
  readonly most?: number
}

const isKept = ({ value, least = -Infinity, most = Infinity }: Promised): boolean =>
  value !== null && value >= least && value <= most

/** Those that are not kept. A figure that was not measured, or is not a number, keeps nothing. */
export const brokenOf = (promised: readonly Promised[]): readonly Promised[] =>
  promised.filter((one) => !isKept(one))

/** Names what is not kept, with its limit, and lets the program end with 1 for it. */
export function holdTo(promised: readonly Promised[]): void {
  for (const { figure, value, least, most } of brokenOf(promised)) {
    const limit = least === undefined ? `at most ${String(most)}` : `at least ${String(least)}`
    console.error(
      `NOT KEPT: ${figure} is ${value === null ? 'not measured' : String(value)}, promised ${limit}`
    )
    process.exitCode = 1
  }
}
