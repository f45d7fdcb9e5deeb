import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultRules } from '../../../../src/core/policy/defaults'
import type { Language } from '../../../../src/ui/messages/message'
import { detections, scriptedClock, scriptedDetector, seen, watcherOf } from '../fixtures'
import { readCocoFolder } from '../labels/read-coco'
import { recording } from '../run/recording'
import { thresholdsOf } from '../run/rules'
import { measureStills, type MeasuredPicture, type Unreadable } from '../run/stills'
import { compare } from '../score/compare'
import { stillResults, type StillsRun } from '../score/results'
import { html } from './html'
import { reportPage } from './page'
import { reportWords } from './words'
import { writeHtml } from './write'

const root = mkdtempSync(join(tmpdir(), 'havendesk-report-'))
afterAll(() => rmSync(root, { recursive: true }))

/** What each drawn picture holds, and what the scripted eyes make of it: right, a miss, a false alarm. */
const drawn = [
  {
    file: 'found.png',
    colour: '#446688',
    category: 2,
    sees: detections(seen('person', 0.9), seen('phone', 0.8))
  },
  {
    file: 'missed <b>.png',
    colour: '#884444',
    category: 2,
    sees: detections(seen('person', 0.9), seen('phone', 0.3))
  },
  {
    file: 'wrong.png',
    colour: '#448844',
    category: 1,
    sees: detections(seen('person', 0.9), seen('book', 0.8))
  },
  { file: 'clear.png', colour: '#666666', category: 1, sees: detections(seen('person', 0.9)) }
] as const

const draw = async (): Promise<void> => {
  mkdirSync(join(root, 'images'))
  for (const { file, colour } of drawn)
    await sharp({ create: { width: 64, height: 48, channels: 3, background: colour } })
      .png()
      .toFile(join(root, 'images', file))
  writeFileSync(join(root, 'images', 'broken.png'), 'not a picture')
  const files = [...drawn.map(({ file }) => file), 'broken.png', 'gone.png']
  const annotations = drawn.map(({ category }, at) => ({
    image_id: at,
    category_id: category,
    bbox: [10, 10, 20, 20]
  }))
  const categories = ['person', 'cell phone', 'book', 'laptop', 'tv'].map((name, at) => ({
    id: at + 1,
    name
  }))
  writeFileSync(
    join(root, 'annotations.json'),
    JSON.stringify({
      images: files.map((file_name, id) => ({ id, file_name, width: 64, height: 48 })),
      annotations,
      categories
    })
  )
}

/** The plain model: one anchor, which looks like a person. */
const plain = {
  detectWithOutputs: () => {
    const scores = new Float32Array(90)
    scores[0] = 0.9
    const objects = [{ bbox: [0, 0, 1, 1] as [number, number, number, number], class: 'person', score: 0.9 }]
    return Promise.resolve({ objects, outputs: { scores, boxes: Float32Array.of(0, 0, 1, 1) } })
  }
}

let run: StillsRun
const unreadable: Unreadable[] = []
const comparisonOf = () => compare(run.measured)

beforeAll(async () => {
  await draw()
  const clock = scriptedClock()
  const { pictures } = readCocoFolder(root)
  let current = 0
  const detector = recording(
    scriptedDetector(
      () => drawn[current]?.sees ?? detections(),
      () => clock.work(50)
    )
  )
  const measured: readonly MeasuredPicture[] = await measureStills({
    pictures,
    newWatcher: () => watcherOf(detector, clock),
    detector,
    plain,
    clock,
    rules: defaultRules,
    forMs: 1000,
    progress: { done: (count) => (current = count) },
    unreadable: (picture) => unreadable.push(picture)
  })
  run = {
    measured,
    unreadable,
    disagreeing: 0,
    groups: {},
    rules: defaultRules,
    thresholds: thresholdsOf(defaultRules),
    forMs: 1000,
    model: 'scripted@1#000000000000',
    clock: 'wall',
    lookMs: null
  }
})

const page = (language: Language = 'en'): Promise<string> =>
  reportPage({ run, comparison: comparisonOf(), results: stillResults(run), language, at: new Date(0) })

describe('a run over a drawn folder', () => {
  it('finds, misses and raises what the script says', () => {
    expect(stillResults(run).pipeline).toMatchObject({
      phone: { tp: 1, fn: 1, fp: 0 },
      book: { tp: 0, fp: 1 },
      scene: { tp: 1, fn: 1, fp: 1 }
    })
  })

  it('names the pictures that could not be read, and goes on', () => {
    expect(unreadable.map(({ file }) => file)).toEqual(['broken.png', 'gone.png'])
    expect(run.measured).toHaveLength(4)
  })
})

describe('the report', () => {
  it('shows the worst miss and the worst false alarm as pictures, with what was labelled and what was found', async () => {
    const text = await page()
    expect(text).toContain('missed &#60;b&#62;.png')
    expect(text).toContain('phone 0.30')
    expect(text).toContain('wrong.png')
    expect(text).toContain('book 0.80')
    expect(text).not.toContain('clear.png')
    expect(text).toMatch(/<rect\s+class="labelled"/)
  })

  it('loads nothing, runs nothing and says that it stays here', async () => {
    const text = await page()
    expect(text).toContain("default-src 'none'")
    expect(text).not.toMatch(/<script|https?:\/\/|<link|@import/)
    expect(text).toContain('sends nothing')
  })

  it('names what the labels say nothing of', async () => {
    expect(await page()).toContain('skin tone')
  })

  it('speaks Spanish when asked', async () => {
    const text = await page('es')
    expect(text).toContain('<html lang="es">')
    expect(text).toContain('Los peores descuidos')
    expect(text).not.toContain('Worst misses')
  })

  it('is written for its owner alone, with a line per picture beside it', async () => {
    const folder = join(root, 'out')
    const file = await writeHtml(folder, {
      run,
      comparison: comparisonOf(),
      results: stillResults(run),
      language: 'en',
      at: new Date(0)
    })
    expect(statSync(file).mode & 0o077).toBe(0)
    const rows = JSON.parse(readFileSync(join(folder, 'pictures.json'), 'utf8'))
    expect(rows).toHaveLength(4)
    expect(rows[1]).toMatchObject({ file: 'missed <b>.png', truth: { phone: true }, said: { phone: false } })
  })
})

describe('the texts of the report', () => {
  it('stand in both languages, with the same placeholders, and never raise their voice', () => {
    const names = (text: string): readonly string[] =>
      [...text.matchAll(/\{(\w+)[,}]/g)].map(([, name]) => name ?? '').sort()
    for (const [key, message] of Object.entries(reportWords)) {
      expect(message.es.trim(), key).not.toBe('')
      expect(new Set(names(message.es)), key).toEqual(new Set(names(message.en)))
      expect(`${message.en}${message.es}`, key).not.toMatch(/[!¡]/)
      for (const language of ['en', 'es'] as const)
        expect(() => new IntlMessageFormat(message[language], language), key).not.toThrow()
    }
  })
})

describe('html', () => {
  it('escapes whatever is put in', () => {
    expect(html`<p title="${'"><script>'}">${'<&'}</p>`.text).toBe(
      '<p title="&#34;&#62;&#60;script&#62;">&#60;&#38;</p>'
    )
  })
})
