import type { Candidate } from '../coco-ssd/decode'
import type { Detection } from '../detector'
import { keepBest, overlapOf } from '../overlap'

/** Puts together what coco-ssd and our head say of phones. */
export const phonesFrom = (found: readonly Detection[], shaped: readonly Candidate[]): readonly Candidate[] =>
  keepBest(
    [...found.filter(({ label }) => label === 'cell phone'), ...shaped],
    (kept, other) => overlapOf(kept, other) > 0.4
  )
