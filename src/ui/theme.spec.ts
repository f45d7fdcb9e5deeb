import { format } from 'prettier'
import { expect, test } from 'vitest'
import { themeCss } from './theme-css'
import { darkTokens, lightTokens, type SchemeTokens } from './tokens'

/** Relative luminance by WCAG 2.2. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string): number {
  const [dim, bright] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (bright + 0.05) / (dim + 0.05)
}

const schemes: readonly (readonly [string, SchemeTokens])[] = [
  ['light', lightTokens],
  ['dark', darkTokens]
]

test('the committed style sheet says what the theme says', async () => {
  const css = await format(themeCss(), { parser: 'css', printWidth: 110, singleQuote: true })
  await expect(css).toMatchFileSnapshot('./theme.css')
})

for (const [scheme, t] of schemes) {
  const grounds = [t.canvas, t.surface, t.sunken, t.allWellFill, t.attentionFill, t.hiddenFill, t.actNowFill]

  test(`${scheme}: text keeps 7:1 on every ground of the board`, () => {
    for (const ground of grounds) {
      expect(contrast(t.ink, ground)).toBeGreaterThanOrEqual(7)
      expect(contrast(t.quiet, ground)).toBeGreaterThanOrEqual(7)
    }
    expect(contrast(t.onAccent, t.accent)).toBeGreaterThanOrEqual(7)
  })

  test(`${scheme}: the four states keep 7:1 on their own fill, on cards and on the page`, () => {
    const states = [
      [t.allWell, t.allWellFill],
      [t.attention, t.attentionFill],
      [t.hidden, t.hiddenFill],
      [t.actNow, t.actNowFill]
    ] as const
    for (const [word, fill] of states) {
      for (const ground of [fill, t.surface, t.canvas])
        expect(contrast(word, ground)).toBeGreaterThanOrEqual(7)
    }
  })

  test(`${scheme}: lines that mean something keep 3:1`, () => {
    for (const ground of [t.canvas, t.surface, t.sunken]) {
      expect(contrast(t.edge, ground)).toBeGreaterThanOrEqual(3)
      expect(contrast(t.accent, ground)).toBeGreaterThanOrEqual(3)
    }
  })
}
