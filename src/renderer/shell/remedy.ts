import { catalogue, type MessageKey } from '../../ui/messages/catalogue'
import type { Say } from '../../ui/language'

/** How something is mended, in words. */
export interface Remedy {
  readonly title: string | null
  readonly text: string
  /** To be copied into a terminal. */
  readonly command: string | null
}

/** Keys that take no placeholder: remedies are told without values. */
type PlainKey = Extract<MessageKey, `remedy.${string}`>

const isRemedy = (key: string): key is PlainKey => key.startsWith('remedy.') && key in catalogue

/** The words of a remedy key from main, with or without its `remedy.` prefix; null when the catalogue does not know it. */
export function remedyOf(say: Say, key: string | null): Remedy | null {
  if (key === null || key === '') return null
  const full = key.startsWith('remedy.') ? key : `remedy.${key}`
  const words = (name: string): string | null => (isRemedy(name) ? say(name) : null)
  const text = words(full)
  return text === null ? null : { title: words(`${full}.title`), text, command: words(`${full}.command`) }
}
