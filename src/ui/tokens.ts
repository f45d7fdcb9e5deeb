/**
 * Colours of Havendesk as data. Each scheme is designed on its own, none is the other inverted.
 * Every pairing that carries text is held at 7:1 by `theme.spec.ts`, lines that mean something at 3:1.
 */
export interface SchemeTokens {
  /** The page behind everything. */
  readonly canvas: string
  /** Cards, tiles, panels. */
  readonly surface: string
  /** Wells inside a surface: code, keys, bars. */
  readonly sunken: string
  /** Lines that only separate. */
  readonly line: string
  /** Lines that mean something: the border of a field, the track of a bar. */
  readonly edge: string
  readonly ink: string
  readonly quiet: string
  readonly accent: string
  readonly onAccent: string
  readonly allWell: string
  readonly allWellFill: string
  readonly attention: string
  readonly attentionFill: string
  readonly hidden: string
  readonly hiddenFill: string
  readonly actNow: string
  readonly actNowFill: string
}

export const lightTokens: SchemeTokens = {
  canvas: '#f3f5f5',
  surface: '#ffffff',
  sunken: '#eaeeee',
  line: '#dce2e3',
  edge: '#76848a',
  ink: '#172023',
  quiet: '#3e4a50',
  accent: '#0c625b',
  onAccent: '#ffffff',
  allWell: '#0b5650',
  allWellFill: '#e2f1ef',
  attention: '#6b4100',
  attentionFill: '#fcefd9',
  hidden: '#35435a',
  hiddenFill: '#e6eaf1',
  actNow: '#8e1320',
  actNowFill: '#fce6e4'
}

export const darkTokens: SchemeTokens = {
  canvas: '#0e1315',
  surface: '#171d20',
  sunken: '#1f272a',
  line: '#2b3538',
  edge: '#7a888d',
  ink: '#e9eeef',
  quiet: '#b3bfc3',
  accent: '#5cc4b6',
  onAccent: '#08201d',
  allWell: '#86d8cb',
  allWellFill: '#12302d',
  attention: '#f2c373',
  attentionFill: '#36290f',
  hidden: '#bfcbdc',
  hiddenFill: '#252f3c',
  actNow: '#ffaba5',
  actNowFill: '#421b1d'
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** The tokens as CSS custom properties: `--hd-ink`, `--hd-act-now-fill`. */
export function tokenVariables(tokens: SchemeTokens): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(tokens).map(([name, value]) => [`--hd-${kebab(name)}`, String(value)])
  )
}
