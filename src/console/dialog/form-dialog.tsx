import { Button } from '@mantine/core'
import { useEffect, useId, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { useWords } from '../../ui/language'
import classes from './form-dialog.module.css'

interface Props {
  readonly title: string
  /** Whether what is filled in may be sent. */
  readonly isGood: boolean
  /** What the button says, before and while it is sent. */
  readonly save: string
  readonly saving: string
  readonly send: () => Promise<void>
  /** What failed, in a sentence. */
  readonly whyOf: (thrown: unknown) => string
  readonly onClose: () => void
  readonly children: ReactNode
}

type Sending =
  | { readonly state: 'open' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly why: string }

/** A form over the page that sends one thing to the hub: sent once, closed when it is there, and failures said in it. */
export function FormDialog(props: Props): ReactNode {
  const { title, isGood, save, saving, send, whyOf, onClose, children } = props
  const { say } = useWords()
  const dialog = useRef<HTMLDialogElement>(null)
  const heading = useId()
  const [sending, setSending] = useState<Sending>({ state: 'open' })
  useEffect(() => dialog.current?.showModal(), [])
  const isSending = sending.state === 'sending'
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!isGood || isSending) return
    setSending({ state: 'sending' })
    send().then(onClose, (thrown: unknown) => setSending({ state: 'failed', why: whyOf(thrown) }))
  }
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={heading}
      onClose={onClose}
      // Keys typed here are not the board's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form className={classes.form} noValidate onSubmit={submit}>
        <h2 id={heading} className={classes.title}>
          {title}
        </h2>
        {children}
        <div role="alert">
          {sending.state === 'failed' ? <p className={classes.failed}>{sending.why}</p> : null}
        </div>
        <div className={classes.acts}>
          <Button type="submit" disabled={!isGood} aria-busy={isSending}>
            {isSending ? saving : save}
          </Button>
          <Button variant="default" onClick={() => dialog.current?.close()}>
            {say('common.close')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
