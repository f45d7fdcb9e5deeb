import { execFile } from 'node:child_process'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { enrolmentTicketSchema } from '../../src/contract/wire/v1/device'
import { DeviceClient, newIdentity, SIMULATED_BUILD } from '../../scripts/demo/desks/device-client'
import { HubProcess } from './support/hub-process'

let folder: string
let hub: HubProcess
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hd-cli-'))
  hub = new HubProcess(join(folder, 'hub'))
  await hub.start()
})
afterAll(async () => {
  await hub.end('SIGTERM')
  await rm(folder, { recursive: true, force: true })
})

interface Outcome {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the built command as IT does. */
function havendesk(args: readonly string[], stdin = ''): Promise<Outcome> {
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
    child.stdin?.end(stdin)
  })
}

const file = (name: string): string => join(folder, name)
const demoYaml = (): string =>
  `${readFileSync('scripts/demo/demo-policy.yaml', 'utf8')}
organisation: Work Care
version: 1
workspace: { applications: [{ id: members, title: Member records, url: "https://members.example/" }] }
`

test('IT sets up an organisation beside a running hub, and a workstation enrols with the ticket', async () => {
  const data = ['--data', join(folder, 'hub')]
  const place = ['--org', 'Work Care', '--team', 'Claims']
  const good = async (args: readonly string[], stdin = '') => {
    const outcome = await havendesk(args, stdin)
    expect(outcome).toMatchObject({ code: 0, err: '' })
    return outcome.out
  }
  await good(['org', 'create', 'Work Care', ...data])
  await good(['team', 'create', 'Claims', '--org', 'Work Care', ...data])
  const person = [
    'person',
    'add',
    'Some Advocate',
    ...place,
    '--email',
    'a@work.example',
    '--role',
    'advocate',
    ...data
  ]
  await good(person, 'correct horse battery\n')
  writeFileSync(file('passphrase'), 'a long enough passphrase\n')
  const passphrase = ['--passphrase-file', file('passphrase')]
  await good(['keys', 'create', '--out', file('policy.key'), ...passphrase])
  await good(['keys', 'trust', '--org', 'Work Care', '--key', file('policy.key'), ...data])
  writeFileSync(file('policy.yaml'), demoYaml())
  await good(['policy', 'lint', file('policy.yaml')])
  await good([
    'policy',
    'sign',
    file('policy.yaml'),
    '--key',
    file('policy.key'),
    '--out',
    file('policy.json'),
    ...passphrase
  ])
  const signAgain = async (yaml: string, out: string) => {
    writeFileSync(file('next.yaml'), yaml)
    await good([
      'policy',
      'sign',
      file('next.yaml'),
      '--key',
      file('policy.key'),
      '--out',
      out,
      ...passphrase
    ])
  }
  await signAgain(
    `${demoYaml()}teams: { Clames: { rules: { phone: { response: lock } } } }\n`,
    file('typo.json')
  )
  const typo = await havendesk(['policy', 'publish', file('typo.json'), '--org', 'Work Care', ...data])
  expect(typo).toMatchObject({ code: 1, err: expect.stringContaining('no team named Clames') })
  const forOne = (email: string): string =>
    `${demoYaml()}people: { ${email}: { rules: { phone: { response: lock } } } }\n`
  await signAgain(forOne('b@work.example'), file('typo.json'))
  expect(
    await havendesk(['policy', 'publish', file('typo.json'), '--org', 'Work Care', ...data])
  ).toMatchObject({
    code: 1,
    err: expect.stringContaining('people.b@work.example: Work Care has nobody with this address')
  })
  await signAgain(forOne('a@work.example'), file('policy.json'))
  await good(['policy', 'publish', file('policy.json'), '--org', 'Work Care', ...data])
  const ticketArgs = ['enrol', 'ticket', ...place, '--label', 'Desk 1', '--out', file('ticket.json')]
  const hubUrl = ['--hub-url', `https://localhost:${hub.ports.device}`]
  const nobodys = await havendesk([...ticketArgs, ...hubUrl, ...data])
  expect(nobodys).toMatchObject({ code: 1, err: expect.stringContaining('--person EMAIL, or --shared') })
  await good([...ticketArgs, ...hubUrl, '--person', 'a@work.example', ...data])
  expect(statSync(file('ticket.json')).mode & 0o777).toBe(0o600)

  const ticket = enrolmentTicketSchema.parse(JSON.parse(readFileSync(file('ticket.json'), 'utf8')))
  const release = new DeviceClient(ticket, await newIdentity(), { flavour: 'release', build: '0.1.0' })
  const demo = new DeviceClient(ticket, await newIdentity(), { flavour: 'demo', build: '0.1.0' })
  // A hub that was not told otherwise takes release builds alone.
  await expect(demo.enrol(ticket.token)).rejects.toMatchObject({ refusal: { code: 'flavour-refused' } })
  await release.enrol(ticket.token)
  // A work organisation takes no sign-in before IT has allowed the program that attests.
  const signIn = () => release.signIn('a@work.example', 'correct horse battery')
  await expect(signIn()).rejects.toMatchObject({ refusal: { field: 'statement.buildHash' } })
  await good(['build', 'allow', SIMULATED_BUILD, '--label', '0.1.0', '--org', 'Work Care', ...data])
  expect(await good(['build', 'list', '--org', 'Work Care', ...data])).toContain(SIMULATED_BUILD)
  expect((await signIn()).person.name).toBe('Some Advocate')
  expect((await good(['build', 'measure', 'out/provision'])).trim()).toMatch(/^[0-9a-f]{64}$/)
  await good(['org', 'attestation', 'report', '--org', 'Work Care', ...data])
  await good(['enrol', 'revoke', release.device, ...data])
  await expect(release.sync({})).rejects.toMatchObject({ refusal: { code: 'revoked' } })
  await Promise.all([release.close(), demo.close()])
}, 120_000)

test('IT says which roles need a second factor, and takes a lost one away', async () => {
  const data = ['--data', join(folder, 'hub')]
  const factor = ['org', 'second-factor', '--org', 'Sign-in Care', ...data]
  await havendesk(['org', 'create', 'Sign-in Care', ...data])
  const set = await havendesk([...factor, 'it', 'lead'])
  expect(set).toMatchObject({ code: 0, err: '', out: expect.stringContaining('it, lead') })
  expect((await havendesk([...factor, 'none'])).out).toContain('No role needs')
  expect((await havendesk([...factor, 'none', 'it'])).err).toContain('not both')
  expect((await havendesk([...factor, 'advocate'])).err).toContain('Allowed choices')
  const reset = ['person', 'reset-second-factor', '--org', 'Sign-in Care', ...data]
  const nobody = await havendesk([...reset, 'nobody@work.example'])
  expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('nobody with the e-mail') })
}, 120_000)

test.each([
  [['org', 'create', 'X'], /Name the hub’s data folder with --data/],
  [['policy', 'lint', '/nowhere'], /cannot be read/],
  [['enrol', 'ticket'], /required option/]
])('%j says what is missing', async (args, message) => {
  const outcome = await havendesk(args)
  expect(outcome.code).not.toBe(0)
  expect(outcome.err).toMatch(message)
})

test('a wrong policy is named field by field and not signed', async () => {
  writeFileSync(
    file('bad.yaml'),
    demoYaml().replace('enterMs: 100', 'enterMs: fast').replace('hubGraceMs', 'grace')
  )
  const outcome = await havendesk(['policy', 'lint', file('bad.yaml')])
  expect(outcome.code).toBe(1)
  expect(outcome.err).toMatch(/line 11: rules\.phone\.enterMs/)
  expect(outcome.err).toMatch(/line 18: grace: this field is not known/)
})

test('a recording is replayed under another policy, and a broken line is named', async () => {
  writeFileSync(file('old.yaml'), demoYaml())
  writeFileSync(file('new.yaml'), demoYaml().replace('phone: { response: blank', 'phone: { response: warn'))
  const looks = 'test/observations/phone.jsonl'
  const policies = ['--policy', file('new.yaml'), '--against', file('old.yaml')]
  const outcome = await havendesk(['policy', 'replay', '--observations', looks, ...policies, '--json'])
  expect(outcome).toMatchObject({ code: 0, err: '' })
  expect(JSON.parse(outcome.out)).toMatchObject({
    policy: { alertsPerRule: { phone: 1 }, hiddenSeconds: 0 },
    changed: [{ before: { response: 'blank' }, after: { response: 'warn' } }]
  })
  const lines = readFileSync(looks, 'utf8').split('\n')
  writeFileSync(file('broken.jsonl'), [...lines.slice(0, 4), '{"at":600}', ...lines.slice(5)].join('\n'))
  const broken = await havendesk(['policy', 'replay', '--observations', file('broken.jsonl'), ...policies])
  expect(broken.code).toBe(1)
  expect(broken.err).toMatch(/line 5: observation: .*: record it again/)
})
