import { execFile } from 'node:child_process'
import { generateKeyPairSync, sign } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolmentTicketSchema, rootPath, SNAPSHOT_PATH } from '../../src/contract/wire/v1/device'
import { DeviceClient, newIdentity } from '../../scripts/demo/desks/device-client'
import { HubProcess } from './support/hub-process'
import { layReadyCluster } from './support/ready-cluster'

let folder: string
let hub: HubProcess
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-trust-'))
  await layReadyCluster(join(folder, 'hub'))
  hub = new HubProcess(join(folder, 'hub'))
  await hub.start()
})
afterAll(async () => {
  await hub.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

const file = (name: string): string => join(folder, name)

/** Runs the built command as IT does. */
function run(args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, DATABASE_URL: undefined }
    const child = execFile(
      process.execPath,
      ['out/provision/havendesk.js', ...args],
      { env },
      (error, out, err) => {
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), out, err })
      }
    )
    child.stdin?.end()
  })
}
const good = async (...args: string[]): Promise<string> => {
  const outcome = await run(args)
  expect(outcome).toMatchObject({ code: 0, err: '' })
  return outcome.out
}
const refused = async (...args: string[]): Promise<string> => {
  const outcome = await run(args)
  expect(outcome.code).toBe(1)
  return outcome.err
}

test(
  'F8 holders of several keys, one of them on a token, sign roots, a policy and a snapshot',
  { timeout: 300_000 },
  async () => {
    const data = ['--data', join(folder, 'hub')]
    const org = ['--org', 'Work Care']
    writeFileSync(file('passphrase'), 'a long enough passphrase\n')
    const passphrase = ['--passphrase-file', file('passphrase')]
    await good('org', 'create', 'Work Care', ...data)
    await good('team', 'create', 'Claims', ...org, ...data)
    for (const name of ['ana', 'policy', 'daily']) {
      await good('keys', 'create', '--out', file(`${name}.key`), ...passphrase)
      await good('keys', 'public', '--key', file(`${name}.key`), '--out', file(`${name}.pub`))
    }
    // Ben's key is on a token: this program sees its public half and its signatures alone.
    const token = generateKeyPairSync('ed25519')
    writeFileSync(file('ben.pem'), token.publicKey.export({ format: 'pem', type: 'spki' }))
    const add = (name: string, document: string) =>
      good('signature', 'add', file(document), '--key', file(`${name}.key`), ...passphrase)

    await good('keys', 'trust', ...org, '--key', file('policy.key'), ...data)
    const rootKeys = ['--root-key', file('ana.pub'), '--root-key', file('ben.pem'), '--root-threshold', '2']
    const others = ['--policy-key', file('policy.pub'), '--models-key', file('policy.pub')]
    await good('root', 'create', ...org, ...rootKeys, ...others, '--out', file('root-1.json'))
    const publish = ['root', 'publish', file('root-1.json'), ...org, ...data]
    expect(await refused(...publish)).toMatch(/signed by nobody yet\. .*signature add/)
    await add('ana', 'root-1.json')
    expect(await refused(...publish)).toMatch(/not signed by the trusted keys: .*signature add/)
    await good('signature', 'bytes', file('root-1.json'), '--out', file('root-1.bin'))
    writeFileSync(file('root-1.sig'), sign(null, readFileSync(file('root-1.bin')), token.privateKey))
    const attach = ['signature', 'attach', file('root-1.json'), '--signature', file('root-1.sig')]
    expect(await refused(...attach, '--public', file('ana.pub'))).toMatch(/no signature of this document/)
    await good(...attach, '--public', file('ben.pem'))
    // The key that was pinned alone is root 0: it signs the first root too.
    expect(await refused(...publish)).toMatch(/not signed by the trusted keys/)
    await add('policy', 'root-1.json')
    expect(await good('signature', 'show', file('root-1.json'))).toMatch(/A root, signed by \w+, \w+, \w+\./)
    expect(await good(...publish)).toMatch(/Root 1 is published.*No policy is signed/s)

    writeFileSync(
      file('policy.yaml'),
      `${readFileSync('scripts/demo/demo-policy.yaml', 'utf8')}
organisation: Work Care
version: 1
workspace: { applications: [{ id: members, title: Member records, url: "https://members.example/" }] }
`
    )
    const signing = ['--key', file('policy.key'), '--out', file('policy.json'), ...passphrase]
    await good('policy', 'sign', file('policy.yaml'), ...signing)
    await good('policy', 'publish', file('policy.json'), ...org, ...data)

    const rotate = ['root', 'rotate', file('root-1.json'), '--snapshot-key', file('daily.pub')]
    await good(...rotate, '--out', file('root-2.json'))
    await add('ana', 'root-2.json')
    await good('signature', 'bytes', file('root-2.json'), '--out', file('root-2.bin'))
    writeFileSync(file('root-2.sig'), sign(null, readFileSync(file('root-2.bin')), token.privateKey))
    await good(
      ...['signature', 'attach', file('root-2.json')],
      ...['--public', file('ben.pem'), '--signature', file('root-2.sig')]
    )
    const wanted = /Root 2 is published.*Publish a snapshot/s
    expect(await good('root', 'publish', file('root-2.json'), ...org, ...data)).toMatch(wanted)
    await good(
      ...['snapshot', 'sign', ...org, '--number', '1', '--policy', file('policy.json')],
      ...['--key', file('daily.key'), '--out', file('now.json'), ...passphrase]
    )
    const again = ['root', 'publish', file('root-1.json'), ...org, ...data]
    expect(await refused(...again)).toMatch(/older than the published 2/)
    await good('snapshot', 'publish', file('now.json'), ...org, ...data)
    await good('root', 'export', ...org, '--out', file('newest.json'), ...data)
    expect(JSON.parse(readFileSync(file('newest.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(file('root-2.json'), 'utf8'))
    )

    await good(
      ...[
        'enrol',
        'ticket',
        ...org,
        '--team',
        'Claims',
        '--label',
        'Desk 1',
        '--shared',
        '--out',
        file('ticket.json')
      ],
      ...['--hub-url', `https://localhost:${hub.ports.device}`, '--root', file('root-2.json'), ...data]
    )
    const ticket = enrolmentTicketSchema.parse(JSON.parse(readFileSync(file('ticket.json'), 'utf8')))
    expect(ticket).toMatchObject({ team: 'Claims', root: { type: 'havendesk-root' } })
    const client = new DeviceClient(ticket, await newIdentity(), { flavour: 'release', build: '0.1.0' })
    await client.enrol(ticket.token)
    const handedOut = async (path: string) => (await client.send('GET', path, undefined)).json
    for (const [path, name] of [
      [rootPath(1), 'root-1.json'],
      [rootPath(2), 'root-2.json'],
      [SNAPSHOT_PATH, 'now.json']
    ] as const)
      expect(await handedOut(path)).toEqual(JSON.parse(readFileSync(file(name), 'utf8')))
    expect(await handedOut(rootPath(3))).toMatchObject({ code: 'not-found' })
    expect(await handedOut('/device/v1/trust/roots/x')).toMatchObject({ code: 'not-found' })
    await client.close()
  }
)
