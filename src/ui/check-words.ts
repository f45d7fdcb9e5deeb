import { translate, type Language } from './messages/translate'
import { catalogue, type MessageKey } from './messages/catalogue'

type NameKey = Extract<MessageKey, `shell.check.${string}`>
type RemedyKey = Extract<MessageKey, `remedy.${string}`>
const isName = (key: string): key is NameKey => key.startsWith('shell.check.') && key in catalogue
const isRemedy = (key: string): key is RemedyKey => key.startsWith('remedy.') && key in catalogue

/** The check's name, or its id for one that this build has no words for. */
export function checkTitle(language: Language, id: string): string {
  const key = `shell.check.${id}`
  return isName(key) ? translate(language, key) : id
}

/** What mends a check, in words; null for a remedy that this build has no words for. */
export const checkFix = (language: Language, remedy: string): string | null =>
  isRemedy(remedy) ? translate(language, remedy) : null
