import sharp from 'sharp'
import type { Box } from '../../../../src/vision/detector'
import { questionOf } from '../labels/names'
import { objectQuestions, type ObjectQuestion } from '../labels/truth'
import type { MeasuredPicture } from '../run/stills'
import { html, type Markup } from './html'
import type { Figures } from './figures'
import type { Words } from './words'

/** Pictures shown per question, and how wide they are kept, pixels. */
const [most, width] = [6, 480]

/** Misses with the lowest score first; among equals the one with the larger phone. */
export const worstMisses = (
  measured: readonly MeasuredPicture[],
  question: ObjectQuestion
): readonly MeasuredPicture[] =>
  measured
    .filter(({ picture, pipeline }) => picture.truth[question] === true && !pipeline.said[question])
    .sort(
      (a, b) =>
        a.pipeline.scores[question] - b.pipeline.scores[question] ||
        (b.picture.phoneShare ?? 0) - (a.picture.phoneShare ?? 0)
    )
    .slice(0, most)

/** False alarms with the highest score first. */
export const worstAlarms = (
  measured: readonly MeasuredPicture[],
  question: ObjectQuestion
): readonly MeasuredPicture[] =>
  measured
    .filter(({ picture, pipeline }) => picture.truth[question] === false && pipeline.said[question])
    .sort((a, b) => b.pipeline.scores[question] - a.pipeline.scores[question])
    .slice(0, most)

const dataUri = async (path: string): Promise<string> => {
  const jpeg = await sharp(path)
    .rotate()
    .resize({ width, withoutEnlargement: true })
    .flatten()
    .jpeg({ quality: 76 })
    .toBuffer()
  return `data:image/jpeg;base64,${jpeg.toString('base64')}`
}

const drawn = (
  kind: 'labelled' | 'found',
  box: Box,
  scale: { width: number; height: number },
  text: string | null
): Markup => {
  const [left, top] = [Math.max(0, box.x) * scale.width, Math.max(0, box.y) * scale.height]
  const across = Math.min(1, box.x + box.width) * scale.width - left
  const down = Math.min(1, box.y + box.height) * scale.height - top
  if (across <= 0 || down <= 0) return html``
  const size = scale.width / 26
  return html`<rect class="shade" x="${left}" y="${top}" width="${across}" height="${down}" /><rect
      class="${kind}"
      x="${left}"
      y="${top}"
      width="${across}"
      height="${down}"
    />${
      text === null
        ? null
        : html`<text class="${kind}" x="${left + size / 4}" y="${top + size * 1.1}" font-size="${size}"
            >${text}</text
          >`
    }`
}

const card = async (
  words: Words,
  figures: Figures,
  { picture, pipeline, width: across, height: down }: MeasuredPicture,
  question: ObjectQuestion
): Promise<Markup> => {
  const scale = { width: across, height: down }
  const truth = picture.boxes
    .filter((labelled) => labelled.question === question)
    .map(({ box }) => drawn('labelled', box, scale, null))
  const seen = pipeline.found
    .filter(({ label, score }) => questionOf(label) === question || (label === 'remote' && score >= 0.3))
    .slice(0, 5)
    .map(({ box, label, score }) => drawn('found', box, scale, `${label} ${figures.share(score)}`))
  return html`<figure class="picture">
    <div>
      <img src="${await dataUri(picture.path)}" alt="${picture.file}" loading="lazy" /><svg
        viewBox="0 0 ${across} ${down}"
        aria-hidden="true"
      >
        ${truth}${seen}
      </svg>
    </div>
    <figcaption>
      <span>${picture.file}</span
      ><span>${words('picture.score', { score: figures.share(pipeline.scores[question]) })}</span>
    </figcaption>
  </figure>`
}

/** The worst pictures of every question, with what was labelled and what was found drawn in. */
export const pictureSection = async (
  words: Words,
  figures: Figures,
  measured: readonly MeasuredPicture[],
  worst: typeof worstMisses
): Promise<Markup> => {
  const blocks: Markup[] = []
  for (const question of objectQuestions) {
    const pictures = worst(measured, question)
    if (pictures.length === 0) continue
    const cards: Markup[] = []
    for (const picture of pictures) cards.push(await card(words, figures, picture, question))
    blocks.push(
      html`<h3>${words(question)}</h3>
        <div class="pictures">${cards}</div>`
    )
  }
  return blocks.length === 0 ? html`<p class="quiet">${words('picture.none')}</p>` : html`${blocks}`
}
