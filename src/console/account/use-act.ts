import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureOf } from '../hub/failure'
import { accountFailure, type Reasons } from './failed'

/**
 * Something done to one's own account: the page is read again after it, and why it failed is said in a sentence, with the
 * reasons that fit what was done.
 */
export function useAct<T>(
  run: (input: T) => Promise<unknown>,
  reasonsOf: (input: T) => Reasons = () => ({})
) {
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
  const reasons = act.variables === undefined ? {} : reasonsOf(act.variables)
  return { ...act, failed: act.error === null ? null : accountFailure(words, act.error, reasons) }
}
