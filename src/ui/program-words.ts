import { translate, type Language } from './messages/translate'

/** A program as a person can find it: by the name that IT uses, and by that of its file where it is another. */
export function programName(
  language: Language,
  { title, file }: { readonly title: string | null; readonly file: string }
): string {
  if (title === null) return translate(language, 'program.unnamed', { file })
  return title.toLowerCase() === file.toLowerCase()
    ? title
    : translate(language, 'program.named', { title, file })
}
