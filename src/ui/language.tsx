import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { translate, type Arguments, type Language, type MessageKey } from './messages/translate'

/** Says a text of the catalogue in the language of the tree around it. */
export type Say = <Key extends MessageKey>(key: Key, ...values: Arguments<Key>) => string

export interface Words {
  readonly language: Language
  readonly say: Say
}

const wordsIn = (language: Language): Words => ({
  language,
  say: (key, ...values) => translate(language, key, ...values)
})

const LanguageContext = createContext<Words>(wordsIn('en'))

/** Everything below speaks this language. */
export function LanguageProvider(props: {
  readonly language: Language
  readonly children: ReactNode
}): ReactNode {
  const words = useMemo(() => wordsIn(props.language), [props.language])
  return <LanguageContext value={words}>{props.children}</LanguageContext>
}

/** The language around, and `say` to speak it. */
export const useWords = (): Words => useContext(LanguageContext)
