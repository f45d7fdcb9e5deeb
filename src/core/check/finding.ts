import type { CheckState } from './check'

/** What a check found, before anything is known of who asked: its state, what was seen, and how to mend it. */
export interface Finding {
  readonly state: CheckState
  /** In the machine's own words, without anything a person typed, named or saw. */
  readonly evidence: string
  /** Key of the message that says how to mend it; empty when there is nothing to mend. */
  readonly remedy: string
}

export const pass = (evidence: string): Finding => ({ state: 'pass', evidence, remedy: '' })
export const fail = (evidence: string, remedy: `remedy.${string}`): Finding => ({
  state: 'fail',
  evidence,
  remedy
})
export const unknown = (evidence: string, remedy: `remedy.${string}`): Finding => ({
  state: 'unknown',
  evidence,
  remedy
})
