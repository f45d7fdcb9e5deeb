import { useEffect, useRef, useState } from 'react'
import type { PreflightStep, SignInResult } from '../../../contract/ipc/schema'
import type { ShellApi } from '../bridge'

type Refusal = Extract<SignInResult, { outcome: 'refused' }>['reason']

/** For this long a sign-in waits for the steps before it; main's refusal then names what to do. */
const SETTLING_LIMIT_MS = 20_000
/**
 * Without these main lets nobody in. They take their time: a cold check of all the program's files on a slow disk took
 * 28 s, and the list shows all the while what is being done.
 */
const needed: readonly PreflightStep['id'][] = ['program', 'keychain', 'hub', 'policy']
const NEEDED_LIMIT_MS = 120_000

/** One try to sign in. It lives above the form, which main's phases take away and bring back. */
export interface SignInTry {
  readonly busy: boolean
  readonly problem: Refusal | 'failed' | null
  /** The last email, so that nobody types it twice. */
  readonly email: string
  readonly submit: (email: string, password: string) => Promise<void>
}

/**
 * A person who is quicker than their desk need not type twice: while the steps before a sign-in are still being taken, it
 * waits for them. Where one has failed there is nothing to wait for, and main says why it refuses.
 */
export function useSignIn(api: ShellApi, steps: readonly PreflightStep[]): SignInTry {
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<SignInTry['problem']>(null)
  const [email, setEmail] = useState('')
  const all = useOver(isSettling(steps))
  const least = useOver(isSettling(steps.filter(({ id }) => needed.includes(id))))
  const submit = async (typed: string, password: string): Promise<void> => {
    setBusy(true)
    setProblem(null)
    setEmail(typed)
    try {
      await Promise.race([all(), Promise.all([least(), after(SETTLING_LIMIT_MS)]), after(NEEDED_LIMIT_MS)])
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

function isSettling(steps: readonly PreflightStep[]): boolean {
  return (
    steps.every(({ state }) => state !== 'failed') &&
    steps.some(({ state }) => state === 'working' || state === 'waiting')
  )
}

/** Gives what resolves once `going` is over: at once where it is. */
function useOver(going: boolean): () => Promise<void> {
  const over = useRef<(() => void) | null>(null)
  useEffect(() => {
    if (!going) over.current?.()
  }, [going])
  return () => (going ? new Promise<void>((go) => (over.current = go)) : Promise.resolve())
}

const after = (ms: number): Promise<void> => new Promise((over) => setTimeout(over, ms))
