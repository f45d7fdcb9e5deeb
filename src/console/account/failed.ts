import type { Words } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'

/** Why something about signing in did not work, as one sentence. What the browser itself refused is about a passkey. */
export function accountFailure(words: Words, thrown: unknown): string {
  const { say } = words
  if (thrown instanceof Error && thrown.name !== 'HubFailure') return say('account.failed.passkey')
  const failure = failureOf(thrown)
  if (failure.kind === 'refused') {
    if (failure.code === 'bad-request' || failure.code === 'bad-credentials')
      return say('account.failed.code')
    if (failure.code === 'sign-in-again') return say('account.failed.again')
    if (failure.code === 'conflict') return say('account.failed.conflict')
    if (failure.code === 'too-many-tries') return say('account.failed.tooMany')
  }
  const { what, remedy } = failureWords(words, failure)
  return `${what} ${remedy}`
}
