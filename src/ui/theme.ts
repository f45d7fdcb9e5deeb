import {
  createTheme,
  DEFAULT_THEME,
  defaultVariantColorsResolver,
  Drawer,
  mergeMantineTheme,
  Modal,
  rem,
  Tooltip
} from '@mantine/core'
import type { CSSVariablesResolver, MantineColorsTuple, VariantColorsResolver } from '@mantine/core'
import { darkTokens, lightTokens, tokenVariables } from './tokens'

const teal: MantineColorsTuple = [
  '#e9f5f3',
  '#cfe9e5',
  '#a9d9d2',
  '#7ec8bd',
  '#5cc4b6',
  '#2f9e91',
  '#12827a',
  '#0c625b',
  '#0a4f4a',
  '#073a36'
]
const gray: MantineColorsTuple = [
  '#f3f5f5',
  '#eaeeee',
  '#dce2e3',
  '#c6cfd1',
  '#a3afb3',
  '#76848a',
  '#3e4a50',
  '#333e43',
  '#232c30',
  '#172023'
]
const dark: MantineColorsTuple = [
  '#e9eeef',
  '#d3dbdd',
  '#b3bfc3',
  '#7a888d',
  '#455257',
  '#2b3538',
  '#1f272a',
  '#171d20',
  '#0e1315',
  '#080b0c'
]

const sans = "'Inter Variable', system-ui, sans-serif"

/** Filled accents take their pair from our tokens: Mantine picks one text colour for both schemes. */
const variantColors: VariantColorsResolver = (input) => {
  const usual = defaultVariantColorsResolver(input)
  if (input.variant !== 'filled' || (input.color ?? 'teal') !== 'teal') return usual
  return { ...usual, background: 'var(--hd-accent)', color: 'var(--hd-on-accent)' }
}

/**
 * Our look as Mantine's theme. Four type sizes (13, 16, 20, 28 px), an 8 px grid, one accent.
 * The style rules it stands for are in `theme.css`, written from it by `theme.spec.ts`.
 */
export const theme = mergeMantineTheme(
  DEFAULT_THEME,
  createTheme({
    colors: { teal, gray, dark },
    primaryColor: 'teal',
    primaryShade: { light: 7, dark: 4 },
    autoContrast: true,
    variantColorResolver: variantColors,
    white: lightTokens.surface,
    black: lightTokens.ink,
    fontFamily: sans,
    fontSizes: { xs: rem(13), sm: rem(16), md: rem(16), lg: rem(20), xl: rem(28) },
    lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.4', xl: '1.25' },
    spacing: { xs: rem(8), sm: rem(8), md: rem(16), lg: rem(24), xl: rem(32) },
    radius: { xs: rem(4), sm: rem(4), md: rem(8), lg: rem(8), xl: rem(16) },
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    headings: {
      fontFamily: sans,
      fontWeight: '620',
      sizes: {
        h1: { fontSize: rem(28), lineHeight: '1.25' },
        h2: { fontSize: rem(20), lineHeight: '1.4' },
        h3: { fontSize: rem(16), lineHeight: '1.5' },
        h4: { fontSize: rem(16), lineHeight: '1.5' },
        h5: { fontSize: rem(13), lineHeight: '1.4' },
        h6: { fontSize: rem(13), lineHeight: '1.4' }
      }
    },
    components: {
      // Locking the page's scroll makes a <style> element, which our content security policy refuses.
      Modal: Modal.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } }),
      Drawer: Drawer.extend({ defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } }),
      Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, transitionProps: { duration: 100 } } })
    }
  })
)

/** Where Mantine's own names meet our tokens. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tokenVariables(lightTokens),
    '--mantine-color-body': lightTokens.surface,
    '--mantine-color-text': lightTokens.ink,
    '--mantine-color-dimmed': lightTokens.quiet,
    '--mantine-color-placeholder': '#5a686e',
    '--mantine-color-default-border': lightTokens.edge,
    '--mantine-color-error': lightTokens.actNow,
    '--mantine-color-anchor': lightTokens.allWell
  },
  dark: {
    ...tokenVariables(darkTokens),
    '--mantine-color-body': darkTokens.surface,
    '--mantine-color-text': darkTokens.ink,
    '--mantine-color-dimmed': darkTokens.quiet,
    '--mantine-color-placeholder': '#93a0a5',
    '--mantine-color-default-border': darkTokens.edge,
    '--mantine-color-error': darkTokens.actNow,
    '--mantine-color-anchor': darkTokens.allWell
  }
})
