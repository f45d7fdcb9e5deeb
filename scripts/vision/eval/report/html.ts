/** Text that is markup already. */
export class Markup {
  constructor(readonly text: string) {}
}

type Piece = string | number | Markup | null | readonly (Markup | string)[]

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`)

const written = (piece: Piece): string => {
  if (piece === null) return ''
  if (piece instanceof Markup) return piece.text
  if (typeof piece === 'object') return piece.map(written).join('')
  return escaped(String(piece))
}

/** Markup from a template: everything put in is escaped unless it is markup itself; null is left out. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup =>
  new Markup(
    parts.map((part, at) => (at < pieces.length ? `${part}${written(pieces[at] ?? null)}` : part)).join('')
  )
