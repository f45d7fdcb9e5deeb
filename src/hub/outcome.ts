import type { HubError } from '../contract/wire/v1/device'
import type { Result } from '../core/result'

/** What the hub answers to a request it took: the value, or a refusal in the wire's own words. */
export type Outcome<T> = Result<T, HubError>
export interface Refusal {
  readonly ok: false
  readonly error: HubError
}

/** A refusal with its code, its sentence for people and, when one is at fault, the field's dotted path. */
export const refuse = (
  code: HubError['code'],
  message: string,
  more: { readonly field?: string; readonly expected?: number } = {}
): Refusal => ({ ok: false, error: { code, message, ...more } })
