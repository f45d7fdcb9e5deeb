import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { useLocation, useSearch } from 'wouter'
import { providerRefusalSchema } from '../../contract/wire/v1/sign-in'
import { useWords } from '../../ui/language'
import type { Language } from '../../ui/messages/translate'
import { Brand } from '../app/brand'
import { LanguageChoice } from '../app/language-choice'
import classes from './sign-in-page.module.css'

/** Where the hub leads a browser whose sign-in by a provider it refused. */
export const REFUSED_PATH = '/sign-in/refused'

interface Props {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

/** What was refused, why, what mends it, and the way back. A reason that is none reads as one that says least. */
export function RefusedPage({ language, setLanguage }: Props): ReactNode {
  const { say } = useWords()
  const [, navigate] = useLocation()
  const asked = providerRefusalSchema.safeParse(new URLSearchParams(useSearch()).get('why'))
  const why = asked.success ? asked.data : 'not-proven'
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <main className={classes.page}>
      <div className={classes.card} data-testid="sign-in-refused" data-why={why}>
        <Brand />
        <h1 className={classes.title} ref={title} tabIndex={-1}>
          <IconAlertTriangle className={classes.sign} size={24} stroke={1.75} aria-hidden />
          {say('signIn.refused.title')}
        </h1>
        <p className={classes.words}>{say(`signIn.refused.${why}`)}</p>
        <p className={classes.words}>
          <strong>{say(`signIn.refused.${why}.remedy`)}</strong>
        </p>
        <p className={classes.intro}>{say('signIn.refused.noted')}</p>
        <Button fullWidth onClick={() => navigate('/', { replace: true })}>
          {say('signIn.refused.back')}
        </Button>
      </div>
      <div className={classes.language}>
        <LanguageChoice language={language} setLanguage={setLanguage} />
      </div>
    </main>
  )
}
