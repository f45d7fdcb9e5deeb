import { termsOf } from '../../core/alert/terms'
import { readNewest } from '../policy/newest'

/** By which terms alerts are handled under the policy that desks are handed; the usual ones where it says nothing. */
export const termsFor = readNewest((policy) => termsOf(policy?.supervision?.alerts))
