import { useEffect, useState } from 'react'
import type { ShellState } from '../../contract/ipc/schema'
import type { ShellApi } from './bridge'

/** The newest whole state from main; null until the first one. */
export function useShellState(api: ShellApi): ShellState | null {
  const [state, setState] = useState<ShellState | null>(null)
  useEffect(() => api.state(setState), [api])
  return state
}
