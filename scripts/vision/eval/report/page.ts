import type { Language } from '../../../../src/ui/messages/message'
import type { Comparison } from '../score/compare'
import type { StillResults, StillsRun } from '../score/results'
import { curveSection } from './curves'
import { figuresIn, type Figures } from './figures'
import { html, Markup } from './html'
import { pictureSection, worstAlarms, worstMisses } from './pictures'
import { reportCss } from './style'
import { alarmTable, confusionTable, countTable, heldTable, nameOf, sideBySide, sliceTables } from './tables'
import { wordsIn, type WordKey, type Words } from './words'

export interface ReportInput {
  readonly run: StillsRun
  readonly comparison: Comparison
  readonly results: StillResults
  readonly language: Language
  /** When it was measured, as a label. */
  readonly at: Date
}

const section = (words: Words, title: WordKey, means: string | null, body: Markup): Markup =>
  html`<section>
    <h2>${words(title)}</h2>
    ${means === null ? null : html`<p class="means">${means}</p>`} ${body}
  </section>`

const cards = (words: Words, figures: Figures, { pipeline, coco_ssd_best: plain }: StillResults): Markup =>
  html`<div class="cards">
    ${(['scene', 'phone', 'book', 'people'] as const).map((question) => {
      const [ours, theirs] = [pipeline[question], plain[question]]
      if (ours === null || theirs === null) return html``
      return html`<div class="card">
        <h2>${words(question)}</h2>
        <div class="pair">
          <div><strong>${figures.percent(ours.recall)}</strong><span>${words('card.recall')}</span></div>
          <div>
            <strong>${figures.percent(ours.precision)}</strong><span>${words('card.precision')}</span>
          </div>
        </div>
        <small
          >${words('card.plain', {
            recall: figures.percent(theirs.recall),
            precision: figures.percent(theirs.precision)
          })}</small
        >
      </div>`
    })}
  </div>`

const curveKey = (words: Words, figures: Figures, threshold: number): Markup =>
  html`<div class="key">
    <span
      ><svg viewBox="0 0 32 14" aria-hidden="true">
        <path class="ours" d="M0 7H32" />
        <circle class="ours" cx="16" cy="7" r="5" /></svg
      >${words('pipeline')}</span
    >
    <span
      ><svg viewBox="0 0 32 14" aria-hidden="true">
        <path class="plain" d="M0 7H32" />
        <circle class="plain" cx="16" cy="7" r="4.5" /></svg
      >${nameOf(words, 'coco_ssd_default', figures, threshold)}</span
    >
    <span
      ><svg viewBox="0 0 32 14" aria-hidden="true">
        <path class="plain" d="M0 7H32" />
        <rect class="plain" x="11.5" y="2.5" width="9" height="9" /></svg
      >${nameOf(words, 'coco_ssd_best', figures, threshold)}</span
    >
  </div>`

const boxKey = (words: Words): Markup =>
  html`<div class="key">
    <span><i class="box"></i>${words('box.labelled')}</span>
    <span><i class="box found"></i>${words('box.found')}</span>
  </div>`

const runNotes = (words: Words, figures: Figures, run: StillsRun, results: StillResults): Markup => {
  const { looks, absent_though_there: absent, camera_truth_not_applied: camera } = results
  const list = Object.entries(camera).map(([verdict, count]) => `${verdict} ${count}`)
  const notes = [
    words('run.looks', {
      p50: figures.whole(looks.per_still.p50),
      least: figures.whole(looks.per_still.least),
      ms: figures.whole(looks.frame_ms.p50)
    }),
    ...(run.clock === 'processor' ? [words('run.processor')] : []),
    ...(run.lookMs === null ? [] : [words('run.stated', { ms: figures.whole(run.lookMs) })]),
    ...(looks.stills_without > 0 ? [words('run.late', { count: looks.stills_without })] : []),
    words('run.absent', { hits: absent.hits, of: absent.of }),
    list.length === 0 ? words('run.camera.none') : words('run.camera', { list: list.join(', ') }),
    ...(run.disagreeing > 0 ? [words('run.contradict', { count: run.disagreeing })] : []),
    ...(run.unreadable.length > 0
      ? [
          words('run.unreadable', {
            count: run.unreadable.length,
            list: run.unreadable.map(({ file }) => file).join(', ')
          })
        ]
      : [])
  ]
  return html`<ul>
    ${notes.map((note) => html`<li>${note}</li>`)}
  </ul>`
}

const fairness = (
  words: Words,
  figures: Figures,
  { fairness: { by_attribute, not_known } }: StillResults
): Markup =>
  html`${
    by_attribute.length === 0
      ? html`<p class="quiet">${words('fairness.none')}</p>`
      : sliceTables(words, figures, by_attribute)
  }${
    not_known.length === 0
      ? null
      : html`<h3>${words('unknown')}</h3>
          <p>${words('unknown.means')}</p>
          <ul>
            ${not_known.map((topic) => html`<li>${words(`topic.${topic}`)}</li>`)}
          </ul>`
  }`

/** The report as one page that needs nothing else: style, typeface and pictures are within it, and it has no script. */
export const reportPage = async ({
  run,
  comparison,
  results,
  language,
  at
}: ReportInput): Promise<string> => {
  const [words, figures] = [wordsIn(language), figuresIn(language)]
  const { measured } = run
  const threshold = comparison.bestThreshold
  const exact = results.people_count.pipeline.exact
  const clear = results.false_alarms_on_clear_scenes.pipeline.scene.of
  const when = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(at)
  const curves = html`${curveKey(words, figures, threshold)}${curveSection(words, measured, comparison, results)}`
  const counted = html`<h3>${words('counted')}</h3>
    <p class="means">${words('counted.means', { share: exact.hits, of: exact.of })}</p>
    ${countTable(words, figures, results)}`
  const body = html`<main>
    <h1>${words('title')}</h1>
    <p>${words('lead', { images: results.images, seconds: results.seconds_per_still })}</p>
    <p class="quiet">${words('measured', { at: when, model: results.model })}</p>
    <p class="private">${words('private')}</p>
    ${cards(words, figures, results)}
    <p class="means">${words('scene.means')}</p>
    ${section(words, 'side', words('side.means'), sideBySide(words, figures, results))}
    ${section(words, 'curves', words('curves.means'), curves)}
    ${section(words, 'confusion', words('confusion.means'), html`${confusionTable(words, figures, results)}${counted}`)}
    ${section(words, 'alarms', words('alarms.means', { of: clear }), alarmTable(words, figures, results))}
    ${section(words, 'held', words('held.means'), heldTable(words, figures, results))}
    ${section(words, 'breakdown', words('breakdown.means'), sliceTables(words, figures, results.breakdown))}
    ${section(words, 'fairness', words('fairness.means'), fairness(words, figures, results))}
    ${section(
      words,
      'misses',
      words('misses.means'),
      html`${boxKey(words)}${await pictureSection(words, figures, measured, worstMisses)}`
    )}
    ${section(
      words,
      'wrong',
      words('wrong.means'),
      html`${boxKey(words)}${await pictureSection(words, figures, measured, worstAlarms)}`
    )}
    ${section(words, 'run', null, runNotes(words, figures, run, results))}
  </main>`
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:"
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content="${new Markup(policy)}" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${words('title')}</title>
        <style>
          ${new Markup(reportCss())}
        </style>
      </head>
      <body>
        ${body}
      </body>
    </html>`.text
}
