import { CloseButton } from '@mantine/core'
import { useEffect, useRef, type ReactNode } from 'react'
import { useWords } from '../../../ui/language'
import classes from './strip-panel.module.css'

interface Props {
  readonly name: string
  readonly onClose: () => void
  readonly children: ReactNode
}

/** A panel that opens in the strip: the keyboard is taken into it, and it can be closed. */
export function StripPanel({ name, onClose, children }: Props): ReactNode {
  const { say } = useWords()
  const panel = useRef<HTMLElement>(null)
  useEffect(() => panel.current?.focus(), [])
  return (
    <section ref={panel} className={classes.panel} tabIndex={-1} aria-label={name}>
      <CloseButton className={classes.close} aria-label={say('common.close')} onClick={onClose} />
      {children}
    </section>
  )
}
