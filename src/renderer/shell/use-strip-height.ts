import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { ShellApi } from './bridge'

/** Main's schema takes no more, CSS pixels. */
const MOST = 400

/** Tells main where the workspace begins, at first and whenever the strip grows or shrinks. */
export function useStripHeight(api: ShellApi): RefObject<HTMLElement | null> {
  const strip = useRef<HTMLElement>(null)
  useLayoutEffect(() => {
    const element = strip.current
    if (element === null) return
    let told = -1
    const tell = (): void => {
      const height = Math.min(MOST, Math.round(element.getBoundingClientRect().height))
      if (height !== told) api.stripHeight(height)
      told = height
    }
    tell()
    const observer = new ResizeObserver(tell)
    observer.observe(element)
    return () => {
      observer.disconnect()
    }
  }, [api])
  return strip
}
