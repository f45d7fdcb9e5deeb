/** A document of another form than its schema asks for. */
export interface Unreadable {
  readonly kind: 'unreadable'
  /** Dotted path of the field at fault; empty for the document itself. */
  readonly field: string
  readonly problem: string
}

/** Why a signed document is not taken. */
export type SignedRefusal =
  | Unreadable
  | { readonly kind: 'not-signed'; readonly problem: string }
  | { readonly kind: 'other-organisation'; readonly found: string }
  | { readonly kind: 'rolled-back'; readonly trusted: number; readonly offered: number }
  | { readonly kind: 'same-version-other-bytes'; readonly version: number }
  /** A root follows the one before it, one by one. */
  | { readonly kind: 'root-gap'; readonly trusted: number; readonly offered: number }
  /** Nothing that expired is newly taken, nor anything under a root that did. `what` names the document. */
  | { readonly kind: 'expired'; readonly what: 'root' | 'snapshot' | 'policy'; readonly at: string }
  /** The snapshot names another one, or there is no snapshot where the root asks for one. */
  | { readonly kind: 'not-in-snapshot'; readonly problem: string }

/** A label for an event: the kind of refusal and the field, never the document's contents. */
export function refusalLabel(refusal: SignedRefusal): string {
  switch (refusal.kind) {
    case 'unreadable':
      return `unreadable: ${refusal.field}`
    case 'not-signed':
      return 'not signed by the pinned key'
    case 'other-organisation':
      return 'for another organisation'
    case 'rolled-back':
      return `rolled back from version ${refusal.trusted} to ${refusal.offered}`
    case 'same-version-other-bytes':
      return `version ${refusal.version} with other bytes`
    case 'root-gap':
      return `root ${refusal.offered} does not follow root ${refusal.trusted}`
    case 'expired':
      return `${refusal.what} expired on ${refusal.at}`
    case 'not-in-snapshot':
      return `not what the snapshot names: ${refusal.problem}`
  }
}
