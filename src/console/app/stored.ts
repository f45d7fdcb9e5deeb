import { useCallback, useState } from 'react'

/** A choice that this browser remembers. Where storage is forbidden it lasts as long as the page. */
export function useStored<T extends string>(
  name: string,
  allowed: readonly T[],
  otherwise: T
): readonly [T, (value: T) => void] {
  const [value, setValue] = useState<T>(() => {
    const kept = readKept(name)
    return allowed.find((one) => one === kept) ?? otherwise
  })
  const choose = useCallback(
    (next: T) => {
      setValue(next)
      keep(name, next)
    },
    [name]
  )
  return [value, choose]
}

/** A text that this browser remembers, such as the id of what was chosen last; empty at first. */
export function useStoredText(name: string): readonly [string, (value: string) => void] {
  const [value, setValue] = useState(() => readKept(name) ?? '')
  const choose = useCallback(
    (next: string) => {
      setValue(next)
      keep(name, next)
    },
    [name]
  )
  return [value, choose]
}

function readKept(name: string): string | null {
  try {
    return localStorage.getItem(`havendesk.${name}`)
  } catch {
    return null
  }
}

function keep(name: string, value: string): boolean {
  try {
    localStorage.setItem(`havendesk.${name}`, value)
    return true
  } catch {
    return false
  }
}
