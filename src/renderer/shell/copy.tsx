import { ActionIcon } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState, type ReactNode } from 'react'
import { useWords } from '../../ui/language'

const SHOWN_MS = 1500

/** Copies a text; the sign turns into a tick for a moment. */
export function Copy({ text, label }: { readonly text: string; readonly label: string }): ReactNode {
  const { say } = useWords()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => {
      setCopied(false)
    }, SHOWN_MS)
    return () => {
      clearTimeout(timer)
    }
  }, [copied])
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={copied ? say('common.copied') : label}
      onClick={() => {
        setCopied(copyText(text))
      }}
    >
      {copied ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
    </ActionIcon>
  )
}

/**
 * Copies through a selection. The asynchronous clipboard wants a permission that our windows do not have,
 * and a press of a button is enough for this way.
 */
function copyText(text: string): boolean {
  const before = document.activeElement
  const field = document.createElement('textarea')
  field.value = text
  field.readOnly = true
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- see above
  const done = document.execCommand('copy')
  field.remove()
  if (before instanceof HTMLElement) before.focus()
  return done
}
