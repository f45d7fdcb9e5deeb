import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { fetchModel } from './files'

const stored = new Map([
  ['https://desk.invalid/models/coco-ssd/model.json', Buffer.from('{"a":1}')],
  ['https://desk.invalid/models/coco-ssd/group1-shard1of1', Buffer.from([1, 2, 3, 4])]
])
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
const files = Object.fromEntries(
  [...stored].map(([url, bytes]) => [url.split('/').at(-1) ?? '', sha256(bytes)])
)
const model = { id: 'coco-ssd@1#000000000000', url: '/models/coco-ssd/model.json', files }

const serving =
  (bodies: ReadonlyMap<string, Buffer>): typeof fetch =>
  (url) => {
    const body = bodies.get(url instanceof URL ? url.href : '')
    return Promise.resolve(body ? new Response(new Uint8Array(body)) : new Response(null, { status: 404 }))
  }

describe('fetchModel', () => {
  it('hands over files whose hashes are those of the manifest', async () => {
    const got = await fetchModel(model, 'https://desk.invalid/assets/worker.js', serving(stored))
    expect([...got.keys()].sort()).toEqual(['group1-shard1of1', 'model.json'])
    const folder = { ...model, url: '/models/coco-ssd' }
    expect((await fetchModel(folder, 'https://desk.invalid/', serving(stored))).size).toBe(2)
  })

  it('refuses a file with one wrong byte, by name', async () => {
    const flipped = new Map(stored).set([...stored.keys()][1] ?? '', Buffer.from([1, 2, 3, 5]))
    await expect(fetchModel(model, 'https://desk.invalid/', serving(flipped))).rejects.toThrow(
      /group1-shard1of1 is not the one/
    )
  })

  it('refuses a missing file, by name', async () => {
    const fewer = new Map([...stored].slice(0, 1))
    await expect(fetchModel(model, 'https://desk.invalid/', serving(fewer))).rejects.toThrow(
      /group1-shard1of1 could not be read \(404\)/
    )
  })
})
