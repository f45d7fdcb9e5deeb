import { Button, SegmentedControl, Textarea } from '@mantine/core'
import { useEffect, useId, useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { grantNoteSchema, type BreakGlassView, type MayGrant } from '../../contract/wire/v1/break-glass'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { failureOf, HubFailure } from '../hub/failure'
import classes from './decision-dialog.module.css'
import { signGrant } from './passkey'

/** What is being decided. */
export type Decision =
  | {
      readonly kind: 'grant'
      readonly request: BreakGlassView
      readonly may: Extract<MayGrant, { kind: 'yes' }>
    }
  | { readonly kind: 'decline'; readonly request: BreakGlassView }

type Sending =
  | { readonly state: 'open' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly why: string }

const LENGTHS = [5, 15, 30, 60]

/** Grants a request with the approver's own key, or says no to it; either way with a reason for the record. */
export function DecisionDialog({
  decision,
  onClose
}: {
  readonly decision: Decision
  readonly onClose: () => void
}): ReactNode {
  const words = useWords()
  const { language, say } = words
  const { hub } = useConsole()
  const dialog = useRef<HTMLDialogElement>(null)
  const title = useId()
  const most = decision.kind === 'grant' ? decision.may.maxMinutes : 0
  const lengths = [...new Set([...LENGTHS.filter((one) => one < most), most])].slice(-4)
  const [minutes, setMinutes] = useState(lengths.includes(15) ? 15 : (lengths[0] ?? 1))
  const [note, setNote] = useState('')
  const [sending, setSending] = useState<Sending>({ state: 'open' })
  useEffect(() => dialog.current?.showModal(), [])
  const { request } = decision
  const isGood = grantNoteSchema.safeParse(note).success

  const send = async (): Promise<void> => {
    if (decision.kind === 'decline') {
      await hub.declineException(request.request, { note })
      return
    }
    const { approver, passkeys } = decision.may
    const grant = await signGrant(
      {
        schema: 1,
        organisation: request.organisation,
        device: request.workstation,
        request: request.request,
        nonce: request.nonce,
        person: request.person?.id ?? null,
        check: request.check,
        minutes,
        approver
      },
      passkeys
    )
    await hub.grantException(request.request, { grant, note })
  }
  const submit = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault()
    if (!isGood || sending.state === 'sending') return
    setSending({ state: 'sending' })
    send().then(onClose, (thrown: unknown) => {
      // What the key says is the browser's own affair; what the hub says is a sentence of ours.
      const why =
        thrown instanceof HubFailure
          ? failureWords(words, failureOf(thrown)).what
          : say('glass.dialog.key-failed')
      setSending({ state: 'failed', why })
    })
  }

  const name = request.person?.name ?? say('glass.dialog.nobody')
  const isGrant = decision.kind === 'grant'
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      aria-labelledby={title}
      onClose={onClose}
      // Keys typed here are not the board's.
      onKeyDown={(event) => event.stopPropagation()}
    >
      <form className={classes.form} noValidate onSubmit={submit}>
        <h2 id={title} className={classes.title}>
          {say(isGrant ? 'glass.dialog.grant' : 'glass.dialog.decline')}
        </h2>
        {isGrant ? (
          <>
            <p className={classes.what}>
              {say('glass.dialog.what', { check: checkTitle(language, request.check), name })}
            </p>
            <p className={classes.what}>{say(`glass.reason.${request.reason}`)}</p>
            <div>
              <div id={`${title}-minutes`}>{say('glass.dialog.minutes')}</div>
              <SegmentedControl
                aria-labelledby={`${title}-minutes`}
                data={lengths.map((one) => ({
                  value: String(one),
                  label: say('glass.left.minutes', { count: one })
                }))}
                value={String(minutes)}
                onChange={(value) => setMinutes(Number(value))}
              />
            </div>
          </>
        ) : null}
        <Textarea
          label={say('glass.dialog.note')}
          description={say('glass.dialog.note.hint')}
          maxLength={500}
          rows={3}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {isGrant ? <p className={classes.quiet}>{say('glass.dialog.recorded')}</p> : null}
        <div role="alert">
          {sending.state === 'failed' ? <p className={classes.failed}>{sending.why}</p> : null}
        </div>
        <div className={classes.acts}>
          <Button type="submit" disabled={!isGood} aria-busy={sending.state === 'sending'}>
            {isGrant
              ? say(sending.state === 'sending' ? 'glass.dialog.signing' : 'glass.dialog.sign')
              : say('glass.dialog.decline')}
          </Button>
          <Button variant="default" onClick={() => dialog.current?.close()}>
            {say('common.close')}
          </Button>
        </div>
      </form>
    </dialog>
  )
}
