import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { answerFrom } from './answer'
import { listPages, type ServedFile } from './files'
import { listModels, modelSettings, type ModelManifest } from './models'

const weights = Buffer.from('weights')
const manifest: ModelManifest = {
  schema: 1,
  models: [
    {
      name: 'coco-ssd',
      version: '1',
      entry: 'model.json',
      files: [{ path: 'model.json', sha256: createHash('sha256').update(weights).digest('hex') }]
    }
  ]
}

let folder = ''
let files = new Map<string, ServedFile>()
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'hd-pages-'))
  mkdirSync(join(folder, 'renderer/shell'), { recursive: true })
  mkdirSync(join(folder, 'models/coco-ssd'), { recursive: true })
  writeFileSync(join(folder, 'renderer/shell/index.html'), '<!doctype html>')
  writeFileSync(join(folder, 'renderer/shell/notes.txt'), 'not for pages')
  writeFileSync(join(folder, 'secret.json'), '{}')
  symlinkSync(join(folder, 'secret.json'), join(folder, 'renderer/shell/link.json'))
  writeFileSync(join(folder, 'models/coco-ssd/model.json'), weights)
  files = new Map([...listPages(join(folder, 'renderer')), ...listModels(manifest, join(folder, 'models'))])
})

const setUp = () => {
  const altered = vi.fn()
  const answer = answerFrom({ files, altered, unreadable: vi.fn() })
  return { altered, get: (url: string, init?: RequestInit) => answer(new Request(url, init)) }
}

describe('answers under our own scheme', () => {
  it('serves a listed page with every header', async () => {
    const answer = await setUp().get('app://desk/shell/index.html')
    expect(answer.status).toBe(200)
    expect(await answer.text()).toBe('<!doctype html>')
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff'
    })
  })

  it.each([
    'app://desk/',
    'app://desk/shell',
    'app://desk/shell/',
    'app://desk/shell/notes.txt',
    'app://desk/shell/link.json',
    'app://desk/secret.json',
    'app://desk/../secret.json',
    'app://desk/..%2fsecret.json',
    'app://desk/%2e%2e/secret.json',
    'app://desk/shell/..%5c..%5csecret.json',
    'app://desk/shell/..\\..\\secret.json',
    'app://desk/shell/index.html%00',
    'app://desk/shell/index.html%00.png',
    'app://desk/shell/index.html?query',
    'app://desk/shell/index.html/',
    'app://desk//shell/index.html',
    'app://desk/SHELL/index.html',
    'app://desk:80/shell/index.html',
    'app://other/shell/index.html',
    'https://desk/shell/index.html',
    'app://desk/models/coco-ssd/../../secret.json',
    'app://desk/constructor',
    'app://desk/__proto__'
  ])('answers 404 to %s', async (url) => {
    expect((await setUp().get(url)).status).toBe(404)
  })

  it('takes no other method', async () => {
    expect((await setUp().get('app://desk/shell/index.html', { method: 'POST' })).status).toBe(405)
  })

  it('serves weights only while they are the ones of the manifest', async () => {
    const { get, altered } = setUp()
    expect((await get('app://desk/models/coco-ssd/model.json')).status).toBe(200)
    writeFileSync(join(folder, 'models/coco-ssd/model.json'), 'weightz')
    expect((await get('app://desk/models/coco-ssd/model.json')).status).toBe(404)
    expect(altered).toHaveBeenCalledExactlyOnceWith('/models/coco-ssd/model.json')
  })

  it('names the model by the start of its hash', () => {
    const settings = modelSettings(manifest, 'coco-ssd')
    expect(settings.url).toBe('app://desk/models/coco-ssd/model.json')
    expect(settings.id).toMatch(/^coco-ssd@1#[0-9a-f]{12}$/)
    expect(() => modelSettings(manifest, 'other')).toThrow('models/manifest.json')
  })
})
