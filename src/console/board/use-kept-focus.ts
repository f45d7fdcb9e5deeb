import { useLayoutEffect, useRef, type FocusEvent, type RefObject } from 'react'

interface KeptFocus {
  readonly list: RefObject<HTMLDivElement | null>
  readonly onFocus: (event: FocusEvent<HTMLElement>) => void
  readonly onBlur: (event: FocusEvent<HTMLElement>) => void
}

/**
 * Keeps the keyboard's place in a list whose items vanish: when the focused one is gone, its successor's first button
 * takes the focus, or `fallback` when none is left. `items` is what the list was drawn from.
 */
export function useKeptFocus(items: readonly unknown[], fallback: RefObject<HTMLElement | null>): KeptFocus {
  const list = useRef<HTMLDivElement>(null)
  const place = useRef<number | null>(null)
  useLayoutEffect(() => {
    if (place.current === null || document.activeElement !== document.body) return
    const children = list.current?.children
    const successor = children?.[Math.min(place.current, children.length - 1)]
    const target = successor?.querySelector<HTMLElement>('button') ?? fallback.current
    place.current = null
    target?.focus()
  }, [items, fallback])
  return {
    list,
    onFocus: ({ target }) => {
      const at = [...(list.current?.children ?? [])].findIndex((item) => item.contains(target))
      place.current = at === -1 ? null : at
    },
    onBlur: ({ target }) => {
      // A button that was taken away has not been left.
      if (target.isConnected) place.current = null
    }
  }
}
