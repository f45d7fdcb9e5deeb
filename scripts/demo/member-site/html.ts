/** Markup that is safe to send: every value put into it was escaped, unless it was markup itself. */
export interface Html {
  readonly markup: string
}

type Part = Html | string | number | null | undefined | false | readonly Html[]

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}

const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char] ?? '')

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return ''
  if (typeof part === 'string') return escape(part)
  if (typeof part === 'number') return String(part)
  if ('markup' in part) return part.markup
  return part.map((item) => item.markup).join('')
}

/** Tag for templates: html`<b>${name}</b>` escapes what it is given. */
export function html(texts: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { markup: texts.reduce((whole, text, at) => whole + render(parts[at - 1]) + text) }
}
