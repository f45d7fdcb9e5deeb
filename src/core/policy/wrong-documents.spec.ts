import { expect, test } from 'vitest'
import { tryWrongDocuments } from '../../../test/policy/wrong-documents'

/** A hundred thousand of them take `npm run fuzz:policy -- --documents`. */
const CASES = 3000

test(
  'F8 a signed policy that is wrong anywhere is refused whole, with its field, and the last good one stays',
  { timeout: 120_000 },
  () => {
    const report = tryWrongDocuments(CASES, 4)
    expect(report.wrong).toEqual([])
    expect(report.refused).toBeGreaterThan(CASES / 2)
    expect(report.taken).toBeGreaterThan(0)
  }
)
