import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureOf } from '../hub/failure'
import { accountFailure } from './failed'

/** Something done to one's own account: the page is read again after it, and why it failed is said in a sentence. */
export function useAct<T>(run: (input: T) => Promise<unknown>) {
  const words = useWords()
  const { onEnded } = useConsole()
  const queries = useQueryClient()
  const act = useMutation({
    mutationFn: run,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['account'] }),
    onError: (thrown) => {
      if (failureOf(thrown).kind === 'signed-out') onEnded()
    }
  })
  return { ...act, failed: act.error === null ? null : accountFailure(words, act.error) }
}
