import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from '../../ui/language'
import { languages, type Language } from '../../ui/messages/message'

/** Offers the language that is not spoken now, named in itself. */
export function LanguageChoice({ onChoose }: { readonly onChoose: (language: Language) => void }): ReactNode {
  const { language, say } = useWords()
  return languages
    .filter((one) => one !== language)
    .map((one) => (
      <Button
        key={one}
        variant="subtle"
        color="gray"
        c="var(--hd-ink)"
        size="compact-sm"
        fz="xs"
        lang={one}
        flex="none"
        onClick={() => {
          onChoose(one)
        }}
      >
        {say(`common.language.${one}`)}
      </Button>
    ))
}
