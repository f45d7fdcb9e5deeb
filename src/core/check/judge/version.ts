/** Compares dotted versions part by part, as numbers; a missing part counts as 0. Null when one of them is none. */
export function compareVersions(one: string, other: string): number | null {
  const [left, right] = [partsOf(one), partsOf(other)]
  if (left === null || right === null) return null
  for (let at = 0; at < Math.max(left.length, right.length); at += 1) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return 0
}

const partsOf = (version: string): readonly number[] | null =>
  /^\d{1,9}(\.\d{1,9}){0,5}$/.test(version) ? version.split('.').map(Number) : null
