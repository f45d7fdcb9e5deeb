import type { SignedRefusal } from '../../../core/trust/refusal'

/** Why a signed document is not published, and what to do. `what` names it: "policy", "root", "model", "snapshot". */
export function explain(what: string, refusal: SignedRefusal): string {
  switch (refusal.kind) {
    case 'unreadable':
      return `The ${what} cannot be read: ${refusal.field === '' ? 'it' : refusal.field}: ${refusal.problem}.`
    case 'not-signed':
      return `The ${what} is not signed by the trusted keys: ${refusal.problem}. Add what is missing with "havendesk signature add".`
    case 'other-organisation':
      return `The ${what} is for "${refusal.found}", not for this organisation.`
    case 'rolled-back':
      return `Version ${refusal.offered} is older than the published ${refusal.trusted}. Raise the version.`
    case 'same-version-other-bytes':
      return `Version ${refusal.version} is already published with other contents. Raise the version.`
    case 'root-gap':
      return `Root ${refusal.offered} does not follow root ${refusal.trusted}: publish root ${refusal.trusted + 1} first.`
    case 'expired':
      return `The ${refusal.what} expired on ${refusal.at}: desks would refuse it. Sign one that is good for longer.`
    case 'not-in-snapshot':
      return `It is not what the snapshot names: ${refusal.problem}.`
  }
}
