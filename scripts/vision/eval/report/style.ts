import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { darkTokens, lightTokens, tokenVariables, type SchemeTokens } from '../../../../src/ui/tokens'

const variables = (tokens: SchemeTokens): string =>
  Object.entries(tokenVariables(tokens))
    .map(([name, value]) => `${name}: ${value};`)
    .join(' ')

/** The house's typeface, within the page: it must not load anything. */
const font = (): string => {
  const path = createRequire(import.meta.url).resolve(
    '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2'
  )
  return readFileSync(path).toString('base64')
}

/** The whole style sheet of a report. */
export const reportCss = (): string => `
@font-face { font-family: 'Inter Variable'; font-weight: 100 900;
  src: url(data:font/woff2;base64,${font()}) format('woff2'); }
:root { color-scheme: light dark; ${variables(lightTokens)} }
@media (prefers-color-scheme: dark) { :root { ${variables(darkTokens)} } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--hd-canvas); color: var(--hd-ink);
  font: 16px/1.5 'Inter Variable', system-ui, sans-serif; font-variant-numeric: tabular-nums; }
main { max-width: 1168px; margin: 0 auto; padding: 40px 24px 80px; }
h1 { font-size: 28px; line-height: 1.25; font-weight: 620; margin: 0 0 8px; }
h2 { font-size: 20px; line-height: 1.4; font-weight: 620; margin: 0 0 8px; }
h3 { font-size: 16px; font-weight: 620; margin: 24px 0 8px; }
p { margin: 0 0 16px; max-width: 76ch; }
.quiet, small, .means { color: var(--hd-quiet); }
.private { display: inline-block; padding: 8px 16px; border-radius: 8px; background: var(--hd-hidden-fill);
  color: var(--hd-hidden); }
section { background: var(--hd-surface); border: 1px solid var(--hd-line); border-radius: 8px;
  padding: 24px; margin-top: 24px; }
.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(232px, 1fr)); gap: 16px; margin-top: 24px; }
.card { background: var(--hd-surface); border: 1px solid var(--hd-line); border-radius: 8px; padding: 16px 24px; }
.card h2 { font-size: 16px; margin: 0 0 8px; }
.card .pair { display: flex; gap: 24px; margin-bottom: 8px; }
.card .pair div { flex: 1; }
.card strong { display: block; font-size: 28px; line-height: 1.25; font-weight: 620; color: var(--hd-accent); }
.card span, .card small { display: block; font-size: 13px; line-height: 1.4; color: var(--hd-quiet); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th { font-weight: 560; text-align: right; color: var(--hd-quiet); font-size: 13px; vertical-align: bottom; }
th, td { padding: 8px 12px; border-bottom: 1px solid var(--hd-line); }
td { text-align: right; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; padding-left: 0; white-space: normal; min-width: 136px; }
td:first-child { font-weight: 560; }
tbody tr:last-child td { border-bottom: 0; }
th.group { text-align: center; color: var(--hd-ink); border-left: 1px solid var(--hd-line); }
th.first, td.first { border-left: 1px solid var(--hd-line); }
td small { display: block; font-size: 13px; line-height: 1.4; }
td.best .figure { color: var(--hd-accent); font-weight: 620; }
.wide th, .wide td { padding: 8px 6px; }
.wide th:first-child, .wide td:first-child { min-width: 104px; padding-left: 0; }
.none { color: var(--hd-quiet); }
.curves { display: grid; grid-template-columns: repeat(auto-fill, minmax(256px, 1fr)); gap: 24px; }
figure { margin: 0; }
.curve figcaption { font-weight: 620; margin-bottom: 4px; }
.curve svg { width: 100%; max-width: 320px; display: block; }
.curve text { font-size: 11px; fill: var(--hd-quiet); }
.curve .grid { stroke: var(--hd-line); stroke-width: 1; fill: none; }
.curve path.ours, .key path.ours { stroke: var(--hd-accent); stroke-width: 2.5; fill: none; }
.curve path.plain, .key path.plain { stroke: var(--hd-edge); stroke-width: 2; fill: none; stroke-dasharray: 5 3; }
circle.ours { fill: var(--hd-accent); stroke: var(--hd-surface); stroke-width: 1.5; }
circle.plain, rect.plain { fill: var(--hd-surface); stroke: var(--hd-edge); stroke-width: 2; }
.key { display: flex; flex-wrap: wrap; gap: 8px 24px; margin-bottom: 16px; font-size: 13px; color: var(--hd-quiet); }
.key span { display: inline-flex; align-items: center; gap: 8px; }
.key svg { width: 32px; height: 14px; }
.key .box { width: 20px; height: 14px; border: 3px solid #ffd24a; outline: 1px solid #000; }
.key .box.found { border: 2px dashed #5ce0d0; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(304px, 1fr)); gap: 16px; }
.picture div { position: relative; background: var(--hd-sunken); border-radius: 8px; overflow: hidden; }
.picture img { display: block; width: 100%; height: auto; }
.picture svg { position: absolute; inset: 0; width: 100%; height: 100%; }
.picture rect { fill: none; vector-effect: non-scaling-stroke; }
.picture rect.shade { stroke: rgb(0 0 0 / 70%); stroke-width: 5; }
.picture rect.labelled { stroke: #ffd24a; stroke-width: 3; }
.picture rect.found { stroke: #5ce0d0; stroke-width: 2; stroke-dasharray: 7 4; }
.picture text { font-weight: 620; fill: #5ce0d0; paint-order: stroke; stroke: #000; stroke-width: 4;
  vector-effect: non-scaling-stroke; }
.picture figcaption { display: flex; justify-content: space-between; gap: 16px; font-size: 13px;
  color: var(--hd-quiet); padding: 4px 0; overflow-wrap: anywhere; }
.picture figcaption span:last-child { white-space: nowrap; }
.matrix { width: auto; }
ul { margin: 0; padding-left: 24px; }
@media print { section, .card { break-inside: avoid; } body { background: none; } }
`
