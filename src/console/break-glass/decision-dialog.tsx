import { SegmentedControl, Textarea } from '@mantine/core'
import { useId, useState, type ReactNode } from 'react'
import { grantNoteSchema, type BreakGlassView, type MayGrant } from '../../contract/wire/v1/break-glass'
import { checkTitle } from '../../ui/check-words'
import { useWords } from '../../ui/language'
import { useConsole } from '../app/console-context'
import { failureWords } from '../app/failure-words'
import { failureOf, HubFailure } from '../hub/failure'
import { FormDialog } from '../dialog/form-dialog'
import classes from '../dialog/form-dialog.module.css'
import { signGrant } from './passkey'

/** What is being decided. */
export type Decision =
  | {
      readonly kind: 'grant'
      readonly request: BreakGlassView
      readonly may: Extract<MayGrant, { kind: 'yes' }>
    }
  | { readonly kind: 'decline'; readonly request: BreakGlassView }

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
  const title = useId()
  const most = decision.kind === 'grant' ? decision.may.maxMinutes : 0
  const lengths = [...new Set([...LENGTHS.filter((one) => one < most), most])].slice(-4)
  const [minutes, setMinutes] = useState(lengths.includes(15) ? 15 : (lengths[0] ?? 1))
  const [note, setNote] = useState('')
  const { request } = decision

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
  // What the key says is the browser's own affair; what the hub says is a sentence of ours.
  const whyOf = (thrown: unknown): string =>
    thrown instanceof HubFailure
      ? failureWords(words, failureOf(thrown)).what
      : say('glass.dialog.key-failed')

  const name = request.person?.name ?? say('glass.dialog.nobody')
  const isGrant = decision.kind === 'grant'
  return (
    <FormDialog
      title={say(isGrant ? 'glass.dialog.grant' : 'glass.dialog.decline')}
      isGood={grantNoteSchema.safeParse(note).success}
      save={say(isGrant ? 'glass.dialog.sign' : 'glass.dialog.decline')}
      saving={say(isGrant ? 'glass.dialog.signing' : 'glass.dialog.decline')}
      send={send}
      whyOf={whyOf}
      onClose={onClose}
    >
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
    </FormDialog>
  )
}
