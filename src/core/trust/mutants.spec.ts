import { expect, test } from 'vitest'
import { changes } from '../../../test/trust/mutants'
import { tryMutants } from '../../../test/trust/try-mutants'

/** A million of them take `npm run fuzz:policy`. */
const CASES = 20_000

test(
  'F8 of changed policy documents only the exact bytes that IT signed are taken, and the last good one stays',
  { timeout: 120_000 },
  () => {
    const report = tryMutants(CASES, 8)
    expect(report.wrong).toEqual([])
    expect(report.tried).toBe(CASES)
    // The other way round too: what surrounds the signed bytes may be spelled otherwise.
    expect(report.byKind['keys reordered']?.taken).toBeGreaterThan(0)
    expect(Object.keys(report.byKind).sort()).toEqual(Object.keys(changes).sort())
  }
)
