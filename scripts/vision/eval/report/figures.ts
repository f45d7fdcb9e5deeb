import type { Language } from '../../../../src/ui/messages/message'
import type { Interval, Proportion } from '../score/proportion'
import { html, type Markup } from './html'

/** Numbers as people of a language write them, always as wide. */
export const figuresIn = (language: Language) => {
  const share = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 })
  const percent = new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 0 })
  const whole = new Intl.NumberFormat(language)
  return {
    share: (value: number | null): string => (value === null ? '–' : share.format(value)),
    percent: (value: number | null): string => (value === null ? '–' : percent.format(value)),
    whole: (value: number | null): string => (value === null ? '–' : whole.format(value)),
    range: ([low, high]: Interval): string => `${share.format(low)}–${share.format(high)}`
  }
}
export type Figures = ReturnType<typeof figuresIn>

/** A figure over its interval. */
export const withRange = (figures: Figures, value: number | null, interval: Interval | null): Markup =>
  html`<span class="figure">${figures.share(value)}</span
    >${value === null || interval === null ? null : html`<small>${figures.range(interval)}</small>`}`

/** `12 / 48` with the share before it; the interval is its title. */
export const partOf = (figures: Figures, { hits, of, share, interval }: Proportion): Markup =>
  of === 0
    ? html`<span class="none">–</span>`
    : html`<span class="figure" title="${figures.range(interval)}">${figures.percent(share)}</span
        ><small>${hits} / ${of}</small>`
