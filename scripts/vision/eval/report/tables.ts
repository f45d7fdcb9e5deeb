import { questions } from '../labels/truth'
import { contenders, type Contender, type Scores } from '../score/compare'
import type { StillResults } from '../score/results'
import type { Slice } from '../score/slices'
import { partOf, withRange, type Figures } from './figures'
import { html, type Markup } from './html'
import { reportWords, type WordKey, type Words } from './words'

export const nameOf = (words: Words, contender: Contender, figures: Figures, threshold: number): string =>
  contender === 'coco_ssd_best' ? words(contender, { threshold: figures.share(threshold) }) : words(contender)

/** Precision, recall, F1 and average precision of the three, question by question. */
export const sideBySide = (words: Words, figures: Figures, results: StillResults): Markup => {
  const threshold = results.coco_ssd_best.threshold
  const scores: Readonly<Record<Contender, Scores>> = results
  // Both plain columns rest on the same scores, so their average precision is one figure: it stands once.
  const columns = (contender: Contender) =>
    contender === 'coco_ssd_best'
      ? (['precision', 'recall', 'f1'] as const)
      : (['precision', 'recall', 'f1', 'average_precision'] as const)
  const short = { precision: 'precision', recall: 'recall', f1: 'f1', average_precision: 'ap.short' } as const
  const bestF1 = (question: (typeof questions)[number]): number =>
    Math.max(...contenders.map((contender) => scores[contender][question]?.f1 ?? -1))
  return html`<div class="scroll">
    <table class="wide">
      <thead>
        <tr>
          <th></th>
          ${contenders.map(
            (contender) =>
              html`<th class="group" colspan="${columns(contender).length}">
                ${nameOf(words, contender, figures, threshold)}
              </th>`
          )}
        </tr>
        <tr>
          <th></th>
          ${contenders.flatMap((contender) =>
            columns(contender).map(
              (column, at) => html`<th class="${at === 0 ? 'first' : ''}">${words(short[column])}</th>`
            )
          )}
        </tr>
      </thead>
      <tbody>
        ${questions.map(
          (question) =>
            html`<tr>
              <td>${words(question)}</td>
              ${contenders.flatMap((contender) =>
                columns(contender).map((column, at) => {
                  const score = scores[contender][question]
                  const best = column === 'f1' && score?.f1 === bestF1(question) ? 'best' : ''
                  return html`<td class="${at === 0 ? 'first' : best}">
                    ${score === null ? '–' : withRange(figures, score[column], score.intervals[column])}
                  </td>`
                })
              )}
            </tr>`
        )}
      </tbody>
    </table>
  </div>`
}

const rows = (head: readonly string[], body: readonly (readonly (Markup | string)[])[]): Markup =>
  html`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${head.map((title) => html`<th>${title}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${body.map(
          (cells) =>
            html`<tr>
              ${cells.map((cell) => html`<td>${cell}</td>`)}
            </tr>`
        )}
      </tbody>
    </table>
  </div>`

/** What a rule is called here: `second-person` is the question of more than one person. */
const ruleWord: Readonly<Record<StillResults['rule_confusion'][number]['rule'], WordKey>> = {
  phone: 'phone',
  book: 'book',
  'second-person': 'people',
  'second-screen': 'screen',
  nobody: 'nobody'
}

export const confusionTable = (words: Words, figures: Figures, results: StillResults): Markup =>
  rows(
    [words('rule'), words('tp'), words('fn'), words('fp'), words('tn')],
    results.rule_confusion.map((rule) => [
      html`${words(ruleWord[rule.rule])}${rule.dwell_too_long ? html`<small>${words('dwell.long')}</small>` : null}`,
      figures.whole(rule.tp),
      figures.whole(rule.fn),
      figures.whole(rule.fp),
      figures.whole(rule.tn)
    ])
  )

export const countTable = (words: Words, figures: Figures, results: StillResults): Markup => {
  const kinds = ['people.0', 'people.1', 'people.2'] as const
  return html`<table class="matrix">
    <thead>
      <tr>
        <th></th>
        ${kinds.map((kind) => html`<th>${words(kind)}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${results.people_count.pipeline.confusion.map(
        (row, at) =>
          html`<tr>
            <td>${words(kinds[at] ?? 'people.2')}</td>
            ${row.map(
              (count, column) =>
                html`<td class="${column === at ? 'best' : ''}">
                  <span class="figure">${figures.whole(count)}</span>
                </td>`
            )}
          </tr>`
      )}
    </tbody>
  </table>`
}

export const alarmTable = (words: Words, figures: Figures, results: StillResults): Markup => {
  const asked = ['scene', 'phone', 'book', 'people'] as const
  const threshold = results.coco_ssd_best.threshold
  return rows(
    ['', ...asked.map((question) => words(question))],
    contenders.map((contender) => [
      nameOf(words, contender, figures, threshold),
      ...asked.map((question) => partOf(figures, results.false_alarms_on_clear_scenes[contender][question]))
    ])
  )
}

export const heldTable = (words: Words, figures: Figures, results: StillResults): Markup =>
  rows(
    [
      '',
      ...contenders.map((contender) => nameOf(words, contender, figures, results.coco_ssd_best.threshold))
    ],
    results.held_phones.map(({ part, found }, at) => [
      at === 0 ? words('held.held') : at === 1 ? words('held.any') : part,
      ...contenders.map((contender) => partOf(figures, found[contender]))
    ])
  )

const isWord = (key: string): key is WordKey => key in reportWords

/** The pipeline's figures by part, one table per way of parting, with the plain model's scene recall beside them. */
export const sliceTables = (words: Words, figures: Figures, slices: readonly Slice[]): Markup => {
  const ways = [...new Set(slices.map(({ by }) => by))]
  return html`${ways.map((by) => {
    const title = `by.${by}`
    const asked =
      by === 'phone_share' ? (['phone'] as const) : (['phone', 'book', 'people', 'scene'] as const)
    return html`<h3>${isWord(title) ? words(title) : by}</h3>
      ${rows(
        [
          words('part'),
          words('images'),
          ...asked.map((question) => words('found', { question: words(question) })),
          words('false')
        ],
        slices
          .filter((slice) => slice.by === by)
          .map(({ part, images, figures: { pipeline } }) => [
            part,
            figures.whole(images),
            ...asked.map((question) => partOf(figures, pipeline[question].recall)),
            partOf(figures, pipeline.scene.false_alarms)
          ])
      )}`
  })}`
}
