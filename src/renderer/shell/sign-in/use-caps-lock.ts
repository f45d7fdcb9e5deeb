import { useState, type KeyboardEvent } from 'react'

interface CapsLock {
  readonly on: boolean
  readonly listeners: {
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onKeyUp: (event: KeyboardEvent) => void
  }
}

/** Whether caps lock is on, as far as the last key pressed inside the element told. */
export function useCapsLock(): CapsLock {
  const [on, setOn] = useState(false)
  const look = (event: KeyboardEvent): void => {
    setOn(event.getModifierState('CapsLock'))
  }
  return { on, listeners: { onKeyDown: look, onKeyUp: look } }
}
