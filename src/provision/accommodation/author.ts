import { accommodationSchema, type Accommodation } from '../../core/accommodation/accommodation'
import { err, ok, type Result } from '../../core/result'
import { readYaml, type PolicyProblem } from '../policy/author'

/**
 * Reads an accommodation that IT wrote as YAML. `fill` supplies what the author left out, such as the day of issue; the
 * end is never filled in. Every problem is reported, with its line.
 */
export const readAccommodation = (
  yaml: string,
  fill: Partial<Accommodation> = {}
): Result<Accommodation, readonly PolicyProblem[]> =>
  readYaml(yaml, 'an accommodation', (written) => {
    const read = accommodationSchema.safeParse({ ...fill, ...written })
    return read.success ? ok(read.data) : err(read.error.issues)
  })
