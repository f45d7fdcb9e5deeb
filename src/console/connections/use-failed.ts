import { useWords } from '../../ui/language'
import { failureWords } from '../app/failure-words'
import { failureOf } from '../hub/failure'

/** What the page says of something that the hub did not do, and why. */
export function useFailed(): (thrown: unknown) => string {
  const words = useWords()
  return (thrown) => words.say('connections.failed', { why: failureWords(words, failureOf(thrown)).what })
}
