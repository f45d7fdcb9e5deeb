import { questions, type Question } from '../labels/truth'
import type { MeasuredPicture } from '../run/stills'
import { contenders, judgedBy, type Comparison, type Contender, type Scores } from '../score/compare'
import { curveOf, type CurvePoint } from '../score/curve'
import { html, type Markup } from './html'
import type { Words } from './words'

/** Size of one diagram's field, and the margins for its ticks, in pixels. */
const [field, left, lower, around] = [200, 34, 30, 10]
const x = (recall: number): string => (left + recall * field).toFixed(1)
const y = (precision: number): string => (around + (1 - precision) * field).toFixed(1)

/** Steps: between two thresholds nothing changes. */
const pathOf = (points: readonly CurvePoint[]): string =>
  points
    .map(({ precision, recall }, at) => {
      const from = points[at - 1]
      return at === 0
        ? `M${x(0)} ${y(precision)}H${x(recall)}`
        : `L${x(from?.recall ?? 0)} ${y(precision)}H${x(recall)}`
    })
    .join('')

const mark = (contender: Contender, at: { readonly precision: number; readonly recall: number }): Markup => {
  const [cx, cy] = [Number(x(at.recall)), Number(y(at.precision))]
  const title = html`<title>${at.precision.toFixed(2)} / ${at.recall.toFixed(2)}</title>`
  switch (contender) {
    case 'pipeline':
      return html`<circle class="ours" cx="${cx}" cy="${cy}" r="5">${title}</circle>`
    case 'coco_ssd_default':
      return html`<circle class="plain" cx="${cx}" cy="${cy}" r="4.5">${title}</circle>`
    case 'coco_ssd_best':
      return html`<rect class="plain" x="${cx - 4.5}" y="${cy - 4.5}" width="9" height="9">${title}</rect>`
  }
}

const grid = [0, 0.25, 0.5, 0.75, 1].map(
  (at) => html`<path class="grid" d="M${x(at)} ${y(0)}V${y(1)}M${x(0)} ${y(at)}H${x(1)}" />`
)
const ticks = [0, 0.5, 1].map(
  (at) =>
    html`<text x="${x(at)}" y="${around + field + 16}" text-anchor="middle">${at}</text
      ><text x="${left - 8}" y="${Number(y(at)) + 4}" text-anchor="end">${at}</text>`
)

const diagram = (
  words: Words,
  question: Question,
  curves: { readonly ours: readonly CurvePoint[]; readonly plain: readonly CurvePoint[] },
  marks: readonly Markup[]
): Markup =>
  html`<figure class="curve">
    <figcaption>${words(question)}</figcaption>
    <svg
      viewBox="0 0 ${left + field + around} ${around + field + lower}"
      role="img"
      aria-label="${words(question)}: ${words('curves')}"
    >
      ${grid}${ticks}
      <text x="${left + field / 2}" y="${around + field + 28}" text-anchor="middle">${words('recall')}</text>
      <text transform="translate(9 ${around + field / 2}) rotate(-90)" text-anchor="middle">
        ${words('precision')}
      </text>
      <path class="plain" d="${pathOf(curves.plain)}" />
      <path class="ours" d="${pathOf(curves.ours)}" />
      ${marks}
    </svg>
  </figure>`

/** One diagram per question: precision over recall, ours and the plain model's. */
export const curveSection = (
  words: Words,
  measured: readonly MeasuredPicture[],
  comparison: Comparison,
  scores: Readonly<Record<Contender, Scores>>
): Markup =>
  html`<div class="curves">
    ${questions.map((question) => {
      const judged = (contender: Contender) => judgedBy(measured, comparison, contender, question)
      const ours = curveOf(judged('pipeline'))
      if (ours.length === 0 && judged('pipeline').every(({ truth }) => !truth))
        return html`<figure class="curve">
          <figcaption>${words(question)}</figcaption>
          <p class="quiet">${words('curve.none')}</p>
        </figure>`
      const marks = [...contenders].reverse().flatMap((contender) => {
        const score = scores[contender][question]
        return score === null ? [] : [mark(contender, score)]
      })
      return diagram(words, question, { ours, plain: curveOf(judged('coco_ssd_default')) }, marks)
    })}
  </div>`
