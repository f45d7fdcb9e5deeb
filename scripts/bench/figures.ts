/** The value that a share of the sorted figures does not exceed (nearest rank); null for no figures. */
export function percentile(figures: readonly number[], share: number): number | null {
  const sorted = [...figures].sort((a, b) => a - b)
  const at = Math.max(0, Math.ceil(share * sorted.length) - 1)
  const value = sorted[at]
  return value === undefined ? null : Math.round(value * 10) / 10
}

export const spread = (figures: readonly number[]) => ({
  p50: percentile(figures, 0.5),
  p95: percentile(figures, 0.95),
  max: percentile(figures, 1)
})
