import { useState } from 'react'
import type { SignInResult } from '../../../contract/ipc/schema'
import type { ShellApi } from '../bridge'

type Refusal = Extract<SignInResult, { outcome: 'refused' }>['reason']

/** One try to sign in. It lives above the form, which main's phases take away and bring back. */
export interface SignInTry {
  readonly busy: boolean
  readonly problem: Refusal | 'failed' | null
  /** The last email, so that nobody types it twice. */
  readonly email: string
  readonly submit: (email: string, password: string) => Promise<void>
}

export function useSignIn(api: ShellApi): SignInTry {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<SignInTry['problem']>(null)
  const [email, setEmail] = useState('')
  const submit = async (typed: string, password: string): Promise<void> => {
    setBusy(true)
    setProblem(null)
    setEmail(typed)
    try {
      const result = await api.signIn({ email: typed, password })
      setProblem(result.outcome === 'refused' ? result.reason : null)
    } catch {
      // Main refuses an argument it cannot read, or is closing: the person can only try again.
      setProblem('failed')
    } finally {
      setBusy(false)
    }
  }
  return { busy, problem, email, submit }
}
