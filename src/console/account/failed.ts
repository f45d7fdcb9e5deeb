import type { Words } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'

/** Sentences of what the hub refuses by code, one for each place that has a reason of its own. */
type Sentence =
  | `account.failed.${'again' | 'app' | 'appFirst' | 'code' | 'lastApp' | 'lastPasskey' | 'oneself' | 'resetOneself' | 'tooMany'}`
  | `account.failed.passkey.${'full' | 'inUse' | 'late' | 'unknown'}`
  | 'console.signIn.tooMany'
export type Reasons = Readonly<Record<string, Sentence | undefined>>

const everywhere: Reasons = {
  'sign-in-again': 'account.failed.again',
  'too-many-tries': 'account.failed.tooMany'
}

/**
 * Why something about signing in did not work, as one sentence: by what its place says of the hub's code, else by what is
 * the same everywhere, else with the code. What the browser itself refused is about a passkey.
 */
export function accountFailure(words: Words, thrown: unknown, reasons: Reasons = {}): string {
  const { say } = words
  if (thrown instanceof Error && thrown.name === 'InvalidStateError')
    return say('account.failed.passkey.inUse')
  if (thrown instanceof Error && thrown.name !== 'HubFailure') return say('account.failed.passkey')
  const failure = failureOf(thrown)
  const sentence = failure.kind === 'refused' ? { ...everywhere, ...reasons }[failure.code] : undefined
  if (sentence !== undefined) return say(sentence)
  const { what, remedy } = failureWords(words, failure)
  return `${what} ${remedy}`
}
