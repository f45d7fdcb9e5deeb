import { defaultCssVariablesResolver, DEFAULT_THEME } from '@mantine/core'
import { cssVariablesResolver, theme } from './theme'

type Variables = Readonly<Record<string, string>>

/** What differs from the variables that Mantine's own style sheet already sets. */
function changed(ours: Variables, theirs: Variables): Variables {
  return Object.fromEntries(Object.entries(ours).filter(([name, value]) => theirs[name] !== value))
}

const block = (selector: string, variables: Variables): string =>
  [`${selector} {`, ...Object.entries(variables).map(([name, value]) => `  ${name}: ${value};`), '}'].join(
    '\n'
  )

/**
 * The theme as a style sheet: what Mantine would put into a `<style>` element at run time.
 * A strict `style-src 'self'` refuses such an element, so ours is a file.
 */
export function themeCss(): string {
  const ours = defaultCssVariablesResolver(theme)
  const theirs = defaultCssVariablesResolver(DEFAULT_THEME)
  const extra = cssVariablesResolver(theme)
  return [
    '/* Written by theme.spec.ts from theme.ts and tokens.ts. Change those, then run `npx vitest run src/ui -u`. */',
    block(':root', changed({ ...ours.variables, ...extra.variables }, theirs.variables)),
    block(
      ":root[data-mantine-color-scheme='light']",
      changed({ ...ours.light, ...extra.light }, theirs.light)
    ),
    block(":root[data-mantine-color-scheme='dark']", changed({ ...ours.dark, ...extra.dark }, theirs.dark)),
    ''
  ].join('\n\n')
}
