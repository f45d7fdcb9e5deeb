import type { ReactNode } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import { HavendeskProvider } from '../../ui/provider'
import type { ShellApi } from './bridge'
import { Loading } from './loading'
import { Progress } from './progress'
import { Refused } from './refused'
import { SignIn } from './sign-in/sign-in'
import { useSignIn } from './sign-in/use-sign-in'
import { Strip } from './strip/strip'
import { useShellState } from './use-shell-state'
import { Workspace } from './workspace'

/** The advocate's window: a projection of main's newest state, deciding nothing. */
export function App({ api }: { readonly api: ShellApi }): ReactNode {
  const state = useShellState(api)
  const signIn = useSignIn(api, state?.steps ?? [])
  return (
    <HavendeskProvider language={state?.language ?? 'en'}>
      {state === null ? <Loading /> : <Phase api={api} state={state} signIn={signIn} />}
    </HavendeskProvider>
  )
}

interface PhaseProps {
  readonly api: ShellApi
  readonly state: ShellState
  readonly signIn: ReturnType<typeof useSignIn>
}

function Phase({ api, state, signIn }: PhaseProps): ReactNode {
  switch (state.phase) {
    case 'starting':
    case 'enrolling':
      return <Progress api={api} state={state} phase={state.phase} />
    case 'refused':
      return <Refused api={api} state={state} />
    case 'signed-out':
    case 'signing-in':
      return <SignIn api={api} state={state} signIn={signIn} />
    case 'signed-in':
      return (
        <>
          <Strip api={api} state={state} />
          <Workspace api={api} state={state} />
        </>
      )
  }
}
