import { Button } from '@mantine/core'
import { startAuthentication, type PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/browser'
import { useMutation } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { meSchema, type Me } from '../../contract/wire/v1/console'
import { providerStartSchema, webAuthnOptionsSchema, type Ways } from '../../contract/wire/v1/sign-in'
import { useWords } from '../../ui/language'
import { accountFailure } from '../account/failed'
import type { HubClient } from '../hub/hub-client'
import classes from './sign-in-page.module.css'

interface Props {
  readonly hub: HubClient
  readonly providers: Ways['providers']
  readonly onSignedIn: (me: Me) => void
}

/** Neither waits for wrong tries: what one address may ask in a minute is over. */
const tooOften = { 'too-many-tries': 'console.signIn.tooMany' } as const

/** Ways in without a password: a passkey, and the providers that IT set up. */
export function OtherWays({ hub, providers, onSignedIn }: Props): ReactNode {
  const words = useWords()
  const { say } = words
  const passkey = useMutation({
    mutationFn: async () => {
      const options = await hub.tell(webAuthnOptionsSchema, 'sign-in/passkey/begin')
      const optionsJSON = options as unknown as PublicKeyCredentialRequestOptionsJSON
      return hub.tell(meSchema, 'sign-in/passkey', await startAuthentication({ optionsJSON }))
    },
    onSuccess: onSignedIn
  })
  const provider = useMutation({
    mutationFn: (id: string) => hub.tell(providerStartSchema, `sign-in/provider/${encodeURIComponent(id)}`),
    onSuccess: ({ url }) => window.location.assign(url)
  })
  const refusal = passkey.isError
    ? accountFailure(words, passkey.error, {
        ...tooOften,
        'bad-request': 'account.failed.passkey.unknown',
        'bad-credentials': 'account.failed.passkey.unknown'
      })
    : provider.isError
      ? accountFailure(words, provider.error, tooOften)
      : null
  return (
    <div className={classes.form}>
      <Button variant="default" fullWidth loading={passkey.isPending} onClick={() => passkey.mutate()}>
        {say('signIn.passkey')}
      </Button>
      {providers.map(({ id, label }) => (
        <Button key={id} variant="default" fullWidth onClick={() => provider.mutate(id)}>
          {say('signIn.provider', { label })}
        </Button>
      ))}
      <div role="alert" className={classes.refusal}>
        {refusal}
      </div>
    </div>
  )
}
