/** The package reports at most this many objects. */
export const mostObjects = 20
export const packageDefault = 0.5
/** Thresholds that the plain model is tried at. */
export const triedThresholds: readonly number[] = Array.from(
  { length: 18 },
  (_, at) => Math.round((0.05 + at * 0.05) * 100) / 100
)
