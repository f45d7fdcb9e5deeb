import { Button, TextInput } from '@mantine/core'
import { startRegistration, type PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/browser'
import { useState, type ReactNode, type SubmitEvent } from 'react'
import type { Account } from '../../contract/wire/v1/account'
import { acceptedSchema } from '../../contract/wire/v1/accepted'
import { webAuthnOptionsSchema } from '../../contract/wire/v1/sign-in'
import { useWords } from '../../ui/language'
import { dayAndTime } from '../../ui/time'
import { useConsole } from '../app/console-context'
import classes from './account-page.module.css'
import { useAct } from './use-act'

/** With so many the hub keeps no other; it counts itself. */
const MOST = 10

/** Passkeys: made under a name, renamed with what stands in the field, removed. */
export function PasskeyPart({ account }: { readonly account: Account }): ReactNode {
  const { say, language } = useWords()
  const { hub } = useConsole()
  const [name, setName] = useState('')
  const add = useAct(
    async () => {
      const options = await hub.tell(webAuthnOptionsSchema, 'account/passkeys/begin')
      const optionsJSON = options as unknown as PublicKeyCredentialCreationOptionsJSON
      const response = await startRegistration({ optionsJSON })
      await hub.tell(acceptedSchema, 'account/passkeys', { name: name.trim(), response })
      setName('')
    },
    () => ({
      'bad-request': 'account.failed.passkey.late',
      conflict:
        account.passkeys.length >= MOST ? 'account.failed.passkey.full' : 'account.failed.passkey.inUse'
    })
  )
  const change = useAct(
    async ({ id, to }: { readonly id: string; readonly to: string | null }) => {
      const path = `account/passkeys/${encodeURIComponent(id)}`
      if (to === null) await hub.tell(acceptedSchema, `${path}/remove`)
      else await hub.tell(acceptedSchema, `${path}/name`, { name: to })
      setName('')
    },
    () => ({ conflict: 'account.failed.lastPasskey' })
  )
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (name.trim() !== '') add.mutate(null)
  }
  const typed = name.trim()
  return (
    <section className={classes.card} aria-labelledby="account-passkeys">
      <h3 className={classes.title} id="account-passkeys">
        {say('account.passkeys')}
      </h3>
      {account.passkeys.length === 0 ? <p className={classes.quiet}>{say('account.passkeys.none')}</p> : null}
      <ul className={classes.list} data-testid="passkeys">
        {account.passkeys.map((one) => (
          <li key={one.id} className={classes.row}>
            <span>
              {one.name} ·{' '}
              {one.usedAt === null
                ? say('account.passkeys.unused')
                : say('account.passkeys.used', { at: dayAndTime(language, one.usedAt) })}
            </span>
            <span className={classes.acts}>
              <Button
                size="xs"
                variant="default"
                disabled={typed === ''}
                onClick={() => change.mutate({ id: one.id, to: typed })}
              >
                {say('account.passkeys.rename', { name: one.name })}
              </Button>
              <Button size="xs" variant="default" onClick={() => change.mutate({ id: one.id, to: null })}>
                {say('account.passkeys.remove', { name: one.name })}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <form onSubmit={submit} className={classes.acts}>
        <TextInput
          label={say('account.passkeys.name')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button type="submit" disabled={typed === ''} loading={add.isPending}>
          {say('account.passkeys.add')}
        </Button>
      </form>
      <div role="alert" className={classes.failed}>
        {add.failed ?? change.failed}
      </div>
    </section>
  )
}
