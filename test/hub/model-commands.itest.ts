import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as tf from '@tensorflow/tfjs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { modelEnvelopeSchema, openModelEnvelope } from '../../src/core/model/envelope'
import { readKeyRoot, readModelFolder } from '../../src/provision/index'
import { soleKey } from '../../src/core/trust/signed'
import { verifyEd25519 } from '../../src/hub/store/index'
import { smallDefinition, smallDraft, smallModelFiles } from '../model/small-model'
import { HubProcess } from './support/hub-process'
import { layReadyCluster } from './support/ready-cluster'

let folder: string
let hub: HubProcess
const file = (name: string): string => join(folder, name)

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the built command as IT does. */
function havendesk(args: readonly string[]): Promise<Outcome> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: undefined }
    const command = ['out/provision/havendesk.js', ...args]
    execFile(process.execPath, command, { env }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err })
    })
  })
}
const good = async (args: readonly string[]): Promise<string> => {
  const outcome = await havendesk(args)
  expect(outcome).toMatchObject({ code: 0, err: '' })
  return outcome.out
}
const refused = async (args: readonly string[]): Promise<string> => {
  const outcome = await havendesk(args)
  expect([outcome.code, outcome.out]).toEqual([1, ''])
  return outcome.err
}

/** The report that eval:vision would write for the model, with what of it a signature does not vouch for. */
const report = (digest: string): string =>
  JSON.stringify({
    schema: 1,
    command: 'eval:vision',
    at: '2026-11-20T10:00:00.000Z',
    machine: { cores: 2 },
    results: {
      images: 120,
      model_digest: digest,
      clock: 'wall',
      pipeline: Object.fromEntries(
        ['phone', 'book', 'people', 'scene'].map((question) => [
          question,
          { precision: 0.97, recall: 0.5, f1: 0.66, tp: 30, fp: 1, fn: 30, interval: [0.4, 0.6] }
        ])
      )
    }
  })

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-models-'))
  await layReadyCluster(join(folder, 'hub'))
  hub = new HubProcess(join(folder, 'hub'))
  await hub.start()
  await tf.setBackend('cpu')
  const files = await smallModelFiles()
  mkdirSync(file('eyes'))
  for (const [name, bytes] of files) writeFileSync(join(file('eyes'), name), bytes)
  const draft = smallDraft(await smallDefinition(files))
  writeFileSync(join(file('eyes'), 'manifest.json'), JSON.stringify(draft))
  writeFileSync(file('passphrase'), 'a long enough passphrase\n')
})
afterAll(async () => {
  await hub.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

test('IT checks, signs, publishes, lists and withdraws a model, and cannot sign one that was not measured', async () => {
  const data = ['--data', join(folder, 'hub')]
  const org = ['--org', 'Work Care']
  const passphrase = ['--passphrase-file', file('passphrase')]
  await good(['org', 'create', 'Work Care', ...data])
  await good(['keys', 'create', '--out', file('policy.key'), ...passphrase])
  await good(['keys', 'trust', ...org, '--key', file('policy.key'), ...data])

  const { id, digest } = await readModelFolder(file('eyes'))
  expect(await good(['model', 'lint', '--model', file('eyes')])).toContain(`a good model: ${id}, 2 files`)

  const sign = (measured: string) => [
    ...['model', 'sign', '--model', file('eyes'), '--measured', file(measured), '--key', file('policy.key')],
    ...['--out', file('eyes.json'), ...org, ...passphrase]
  ]
  expect(await refused(sign('nothing.json'))).toMatch(/nothing\.json cannot be read.*eval:vision -- --model/)
  writeFileSync(file('other.json'), report('0'.repeat(64)))
  expect(await refused(sign('other.json'))).toMatch(/measured another model/)
  writeFileSync(file('built-in.json'), report('').replace('"model_digest":"",', ''))
  expect(await refused(sign('built-in.json'))).toMatch(/results\.model_digest/)
  writeFileSync(file('idle.json'), report(digest).replace('"wall"', '"processor"'))
  expect(await refused(sign('idle.json'))).toMatch(/results\.clock is processor/)
  writeFileSync(file('good.json'), report(digest))
  expect(await good(sign('good.json'))).toContain(`${id}, measured on 120 pictures, is signed`)

  const signed: unknown = JSON.parse(readFileSync(file('eyes.json'), 'utf8'))
  const root = await readKeyRoot(file('policy.key'))
  const opened = openModelEnvelope(signed, soleKey(root), 'Work Care', () => null, verifyEd25519)
  expect(opened).toMatchObject({
    ok: true,
    value: { manifest: { measured: { images: 120, digest, scores: { phone: { recall: 0.5, fn: 30 } } } } }
  })
  expect(modelEnvelopeSchema.safeParse(signed).success).toBe(true)

  const publish = ['model', 'publish', file('eyes.json'), '--model', file('eyes'), ...org, ...data]
  expect(await refused(['policy', 'publish', file('eyes.json'), ...org, ...data])).toMatch(/type/)
  expect(await good(publish)).toContain('Version 1 of quarter-colours is published to Work Care.')
  expect(await good(['model', 'list', ...org, ...data])).toMatch(
    /^quarter-colours 1 {2}published .* Apache-2\.0 {2}120 pictures: scene precision 0\.97 recall 0\.5,/
  )
  expect(await good(['model', 'withdraw', 'quarter-colours', '1', ...org, ...data])).toContain('is withdrawn')
  expect(await good(['model', 'list', ...org, ...data])).toMatch(/^quarter-colours 1 {2}withdrawn /)
  expect(await refused(['model', 'withdraw', 'quarter-colours', '1', ...org, ...data])).toMatch(
    /no version 1 of quarter-colours in use/
  )
  expect(await refused(publish)).toMatch(/Version 1 of quarter-colours was withdrawn\. Raise the version/)
}, 180_000)

test('a folder that is no model is named file by file and field by field', async () => {
  mkdirSync(file('bad'))
  const lint = ['model', 'lint', '--model', file('bad')]
  expect(await refused(lint)).toMatch(/bad\/manifest\.json cannot be read/)
  const draft = JSON.parse(readFileSync(join(file('eyes'), 'manifest.json'), 'utf8')) as Record<
    string,
    unknown
  >
  const write = (change: object): void => {
    writeFileSync(join(file('bad'), 'manifest.json'), JSON.stringify({ ...draft, ...change }))
  }
  write({ name: 'coco-ssd', licence: '' })
  const problems = await refused(lint)
  expect(problems).toMatch(/manifest\.json: name: this is the name of the model that comes with the program/)
  expect(problems).toMatch(/manifest\.json: licence: /)
  write({ definition: { ...(draft['definition'] as object), golden: undefined } })
  expect(await refused(lint)).toMatch(/npm run -s model:golden -- --model/)
  write({})
  expect(await refused(lint)).toMatch(/The model's file .*model\.json is missing/)
})
