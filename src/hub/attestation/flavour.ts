import type { Flavour } from '../../core/flavour'
import { ok } from '../../core/result'
import { refuse, type Outcome } from '../outcome'

/**
 * Whether a build of this flavour may speak to this hub for this organisation. `accepted` is how the hub was started:
 * `release` alone unless told otherwise; test and demo builds further need a demo organisation.
 */
export function acceptFlavour(
  flavour: Flavour,
  accepted: readonly Flavour[],
  demoOrganisation: boolean
): Outcome<Flavour> {
  if (!accepted.includes(flavour)) {
    return refuse('flavour-refused', `This hub takes no ${flavour} builds.`, { field: 'sender.flavour' })
  }
  if (flavour !== 'release' && !demoOrganisation) {
    return refuse('flavour-refused', `This organisation takes no ${flavour} builds.`, {
      field: 'sender.flavour'
    })
  }
  return ok(flavour)
}
