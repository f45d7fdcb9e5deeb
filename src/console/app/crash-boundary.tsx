import { Component, type ReactNode } from 'react'
import { Button } from '@mantine/core'
import { useWords } from '../../ui/language'
import { Notice } from './notice'

function Crashed(): ReactNode {
  const { say } = useWords()
  return (
    <Notice
      title={say('console.failure.crash')}
      hint={say('console.failure.crash.remedy')}
      action={<Button onClick={() => window.location.reload()}>{say('console.failure.reload')}</Button>}
    />
  )
}

interface Props {
  readonly children: ReactNode
}

/** A fault in drawing ends in words and a way on, never in an empty page that looks like a quiet board. */
export class CrashBoundary extends Component<Props, { readonly crashed: boolean }> {
  override state = { crashed: false }

  static getDerivedStateFromError(): { readonly crashed: boolean } {
    return { crashed: true }
  }

  override render(): ReactNode {
    return this.state.crashed ? <Crashed /> : this.props.children
  }
}
