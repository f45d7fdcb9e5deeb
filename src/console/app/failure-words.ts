import type { Words } from '../../ui/language'
import type { Failure } from '../hub/failure'

/** A failure as two sentences: what, and what to do. */
export function failureWords(
  { say }: Words,
  failure: Failure
): { readonly what: string; readonly remedy: string } {
  switch (failure.kind) {
    case 'unreachable':
      return {
        what: say('console.failure.unreachable'),
        remedy: say('console.failure.unreachable.remedy')
      }
    case 'signed-out':
      return { what: say('console.failure.signed-out'), remedy: say('console.signIn.over') }
    case 'refused':
      return {
        what: say('console.failure.refused'),
        remedy: say('console.failure.refused.remedy', { code: failure.code })
      }
    case 'not-understood':
      return {
        what: say('console.failure.not-understood'),
        remedy: say('console.failure.not-understood.remedy', { detail: failure.detail })
      }
  }
}
