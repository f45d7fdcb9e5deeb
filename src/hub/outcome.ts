import type { HubError } from '../contract/wire/v1/device'
import type { Result } from '../core/result'
import type { Told } from './attestation/nonce'

/** What the hub answers to a request it took: the value, or a refusal in the wire's own words. */
export type Outcome<T> = Result<T, RefusalError>
/** What goes over the wire, and what the nonce that goes with it tells the run. */
export type RefusalError = HubError & { readonly told?: Told }
export interface Refusal {
  readonly ok: false
  readonly error: RefusalError
}

/** A refusal with its code, its sentence for people and, when one is at fault, the field's dotted path. */
export const refuse = (
  code: HubError['code'],
  message: string,
  more: { readonly field?: string; readonly expected?: number } = {}
): Refusal => ({ ok: false, error: { code, message, ...more } })
