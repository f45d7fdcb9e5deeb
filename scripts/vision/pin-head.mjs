// Writes the desk head's size and hashes into models/manifest.json. Run it when the head was trained anew.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const folder = 'models/desk-head'
const manifestPath = join(root, 'models', 'manifest.json')
const manifest = JSON.parse(readFileSync(manifestPath, 'utf8'))
const head = JSON.parse(readFileSync(join(root, folder, 'head.json'), 'utf8'))
const files = ['head.json', 'weights.bin'].map((path) => {
  const bytes = readFileSync(join(root, folder, path))
  return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
})
const entry = {
  name: head.name,
  version: head.version,
  description:
    'Finds phones, their backs above all, and books, on the features that coco-ssd computes; trained by us on drawn ones.',
  licence: 'Apache-2.0',
  source: { folder },
  format: 'layers-on-coco-ssd',
  entry: 'head.json',
  decoder: 'desk-head',
  files
}
manifest.models = [...manifest.models.filter(({ name }) => name !== head.name), entry]
const { format, resolveConfig } = await import('prettier')
const style = { ...(await resolveConfig(manifestPath)), parser: 'json' }
writeFileSync(manifestPath, await format(JSON.stringify(manifest, null, 2), style))
