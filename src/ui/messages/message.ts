/** One text in every language that Havendesk speaks, in ICU message format. */
export interface Message {
  readonly en: string
  readonly es: string
}

/** The texts of one part of the product; keys begin with the part's name. */
export type Area = Readonly<Record<string, Message>>

export const languages = ['en', 'es'] as const
export type Language = (typeof languages)[number]

type Cut<Rest extends string> = Rest extends `${infer Inner}}${string}`
  ? Inner extends `${infer Name},${string}`
    ? Name
    : Inner
  : never
type Names<Text extends string> = Text extends `${string}{${infer Rest}` ? Cut<Rest> | Names<Rest> : never
type Plain<Name extends string> = Name extends '' | `${string} ${string}` | `${string}#${string}`
  ? never
  : Name

/**
 * The names in curly brackets of a text. Words in a plural's branches are told from names by a space or a `#` in them,
 * so write `{# desk}`, never `{desk}`, in a branch.
 */
export type Placeholders<Text extends string> = Plain<Names<Text>>
