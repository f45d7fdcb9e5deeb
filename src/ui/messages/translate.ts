import { IntlMessageFormat } from 'intl-messageformat'
import { catalogue, type MessageKey } from './catalogue'
import type { Language, Placeholders } from './message'

export type { MessageKey } from './catalogue'
export { languages, type Language } from './message'

type Value = string | number
type NamesOf<Key extends MessageKey> = Placeholders<(typeof catalogue)[Key]['en']>
/** A text without placeholders takes no values, one with placeholders must be given all of them. */
export type Arguments<Key extends MessageKey> = [NamesOf<Key>] extends [never]
  ? []
  : [values: { readonly [Name in NamesOf<Key>]: Value }]

const parsed = new Map<string, IntlMessageFormat>()

function formatOf(language: Language, key: MessageKey): IntlMessageFormat {
  const name = `${language} ${key}`
  const known = parsed.get(name)
  if (known) return known
  const made = new IntlMessageFormat(catalogue[key][language], language, undefined, { ignoreTag: true })
  parsed.set(name, made)
  return made
}

/** The text of `key` in `language`, its placeholders filled. Throws when a value is missing: a bug, not a state. */
export function translate<Key extends MessageKey>(
  language: Language,
  key: Key,
  ...values: Arguments<Key>
): string {
  return String(formatOf(language, key).format(values[0]))
}
