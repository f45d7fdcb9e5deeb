import { providerRefusalSchema, type ProviderRefusal } from '../../../contract/wire/v1/sign-in'

/** What the record says where its own word means nothing to a person. */
const said: Readonly<Record<string, ProviderRefusal>> = {
  'state-unknown': 'too-late',
  'another-browser': 'too-late',
  'another-provider': 'set-up',
  'another-issuer': 'set-up',
  'organisation-unknown': 'set-up'
}

/** Where a browser goes whose sign-in was refused: a page that says why, as far as its person has to know. */
export function refusedAt(why: string): string {
  const known = providerRefusalSchema.safeParse(why)
  const reason = said[why] ?? (known.success ? known.data : 'not-proven')
  return `/sign-in/refused?why=${reason}`
}
