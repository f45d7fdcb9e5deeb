/** Why a request to the hub did not do what was asked. */
export type Failure =
  /** No answer: the hub or the way to it is down. */
  | { readonly kind: 'unreachable' }
  /** The session is over or was never there. */
  | { readonly kind: 'signed-out' }
  /** The hub understood and said no; `code` is one of the contract's error codes, `field` what is wrong with the request. */
  | {
      readonly kind: 'refused'
      readonly status: number
      readonly code: string
      readonly field?: string | undefined
    }
  /** The answer is not what the contract says: hub and console are of different versions. */
  | { readonly kind: 'not-understood'; readonly detail: string }

/** A failure as an exception, for callers that speak in promises. */
export class HubFailure extends Error {
  readonly failure: Failure

  constructor(failure: Failure) {
    super(`the hub's answer: ${failure.kind}`)
    this.name = 'HubFailure'
    this.failure = failure
  }
}

/** The failure in what was thrown; anything unforeseen counts as no answer. */
export const failureOf = (thrown: unknown): Failure =>
  thrown instanceof HubFailure ? thrown.failure : { kind: 'unreachable' }
