import { SegmentedControl } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { languages, type Language } from '../../ui/messages/translate'
import classes from './account-menu.module.css'

interface Props {
  readonly language: Language
  readonly setLanguage: (language: Language) => void
}

/** English or Spanish, each named in itself. */
export function LanguageChoice({ language, setLanguage }: Props): ReactNode {
  const { say } = useWords()
  const label = useId()
  return (
    <div>
      <div className={classes.label} id={label}>
        {say('common.language')}
      </div>
      <SegmentedControl<Language>
        fullWidth
        size="xs"
        data={languages.map((value) => ({ value, label: say(`common.language.${value}`) }))}
        value={language}
        onChange={setLanguage}
        aria-labelledby={label}
      />
    </div>
  )
}
