import { useEffect, useState } from 'react'
import type { SensedWords } from './sensed'

/** One frame in which a face is missed must not make the words flicker. */
const STEADY_MS = 800

/** Words that changed are shown once they have stood for a moment; another state is shown at once. */
export function useSteady(now: SensedWords): SensedWords {
  const [shown, setShown] = useState(now)
  const { state, words } = now
  const wait = shown.state === state ? STEADY_MS : 0
  useEffect(() => {
    const timer = setTimeout(() => {
      setShown({ state, words })
    }, wait)
    return () => {
      clearTimeout(timer)
    }
  }, [state, words, wait])
  return shown.state === state ? shown : now
}
