import { useEffect } from 'react'

const typing = 'input:not([type="radio"]):not([type="checkbox"]), textarea, select, [contenteditable="true"]'

/**
 * Acts on single keys while nobody is typing and no modifier is held. `bindings` maps `event.key` to what happens.
 * Escape works while typing too.
 */
export function useKeys(bindings: Readonly<Record<string, () => void>>, enabled: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return
      const act = bindings[event.key]
      if (!act) return
      const single = event.key.length === 1
      if (single && !enabled) return
      if (single && event.target instanceof Element && event.target.closest(typing)) return
      event.preventDefault()
      act()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [bindings, enabled])
}
