import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { ActivationReply } from '../../src/contract/wire/v1/attestation'
import { signPolicy } from '../../src/provision/index'
import { createPolicyKey, createOrganisation, createTeam, createTicket } from '../../src/provision/index'
import {
  addPerson,
  publishPolicy,
  trustPolicyKey,
  trustTpmMaker,
  type PolicyKey
} from '../../src/provision/index'
import { UnfitCredential, type DeviceKey } from '../../src/device/contract/device-key'
import { tpmKeyStore } from '../../src/device/linux/tpm/key-store'
import { TpmTools } from '../../src/device/linux/tpm/tools'
import { Desk } from '../courier/desk'
import { demoPolicy, PASSWORD, World } from '../hub/support/world'
import { requires, whyMissing } from '../requires'
import { makeTpmMaker, SoftTpm, type TpmMaker } from './soft-tpm'
import { evidenceOnWire } from './wire'

const PLACE = { organisation: 'Measured Care', team: 'Members' } as const

let world: World
let maker: TpmMaker
let tpm: SoftTpm
let tools: TpmTools
let policyKey: PolicyKey
let version = 1
const desks: Desk[] = []

beforeAll(async () => {
  if (whyMissing('tpm') !== null) return
  world = await World.start({ heartbeatMs: 1000 })
  maker = await makeTpmMaker()
  tpm = await SoftTpm.start(maker)
  tools = new TpmTools({ tcti: tpm.tcti })
  const { db } = world.hub.store
  await createOrganisation(db, { name: PLACE.organisation, demo: true })
  await createTeam(db, { organisation: PLACE.organisation, name: PLACE.team })
  await addPerson(db, {
    ...PLACE,
    name: 'Measured Advocate',
    email: 'measured@demo.example',
    role: 'advocate',
    password: PASSWORD
  })
  policyKey = createPolicyKey()
  await trustPolicyKey(db, { organisation: PLACE.organisation, root: policyKey.root })
  await publish()
})
beforeEach((context) => requires(context, 'tpm'))
afterEach(async () => {
  for (const desk of desks.splice(0)) {
    await desk.close()
    desk.remove()
  }
})
afterAll(async () => {
  if (whyMissing('tpm') !== null) return
  await world.close()
  await tools.close()
  await tpm.remove()
  await rm(maker.folder, { recursive: true, force: true })
})

async function publish(device?: { readonly keyClass: 'tpm' | 'keychain' }): Promise<void> {
  const policy = { ...demoPolicy(PLACE.organisation, version), ...(device === undefined ? {} : { device }) }
  version += 1
  const envelope = signPolicy(policy, policyKey)
  await publishPolicy(world.hub.store.db, { organisation: PLACE.organisation, envelope })
}
const trust = async (): Promise<string> =>
  trustTpmMaker(world.hub.store.db, {
    organisation: PLACE.organisation,
    certificate: await readFile(join(maker.folder, 'issuercert.pem'), 'utf8')
  })
const ticket = () =>
  createTicket(world.hub.store.db, {
    ...PLACE,
    label: 'Measured Desk',
    simulated: false,
    hours: 1,
    hubUrl: world.deviceUrl,
    hubCa: world.hub.ca
  })
async function desk(): Promise<Desk> {
  const made = new Desk(undefined, undefined, undefined, undefined, tpmKeyStore(tools))
  desks.push(made)
  made.putTicket(await ticket())
  await made.open()
  return made
}
const workstationOf = async (device: string) =>
  (
    await world.hub.store.db.execute(
      sql`SELECT key_class, tpm->>'maker' AS maker FROM workstation WHERE id = ${device}`
    )
  ).rows[0]

test('F7: before IT trusts its maker, a machine with a TPM enrols with a key in the keychain', async () => {
  const { device } = await (await desk()).hear('ready', () => true, { withinMs: 30_000 })
  expect(await workstationOf(device)).toEqual({ key_class: 'keychain', maker: null })
})

test('F7: a policy that wants a TPM lets nobody else in: neither at enrolment nor at sign-in', async () => {
  const before = await desk()
  const { device } = await before.hear('ready', () => true, { withinMs: 30_000 })
  expect(await workstationOf(device)).toMatchObject({ key_class: 'keychain' })
  await publish({ keyClass: 'tpm' })
  try {
    const refused = await (await desk()).hear('refused', () => true, { withinMs: 30_000 })
    expect(refused).toMatchObject({ reason: 'enrolment-refused' })
    expect(refused.detail).toContain('TPM')
    await before.send({ kind: 'sign-in', handle: 'x', email: 'measured@demo.example', password: PASSWORD })
    expect(await before.hear('sign-in-refused')).toMatchObject({ reason: 'not-attested' })
  } finally {
    await publish()
  }
})

test('F7: with a trusted maker the whole way is by the TPM: credential, proofs, quotes', async () => {
  await trust()
  await publish({ keyClass: 'tpm' })
  const measured = await desk()
  const { device } = await measured.hear('ready', () => true, { withinMs: 30_000 })
  expect(await workstationOf(device)).toMatchObject({
    key_class: 'tpm',
    maker: expect.stringContaining('swtpm')
  })
  expect([...measured.keychain.secrets.values()].join()).not.toContain('"d":')
  await measured.send({ kind: 'sign-in', handle: 'a', email: 'measured@demo.example', password: PASSWORD })
  await measured.hear('signed-in')
  const attested = async () =>
    (
      await world.hub.store.db.execute(
        sql`SELECT key_class, pcr_hash FROM attestation WHERE workstation_id = ${device}`
      )
    ).rows[0]
  await expect.poll(attested, { timeout: 20_000 }).toMatchObject({ key_class: 'tpm' })
  expect((await attested())?.['pcr_hash']).toMatch(/^[0-9a-f]{64}$/)
  await publish()
})

describe('the second half of an enrolment', () => {
  const sender = { flavour: 'test', build: '0.1.0' } as const
  async function begun() {
    await trust()
    const one = await ticket()
    const client = await world.client(one)
    const store = tpmKeyStore(tools)
    const opened = await store.open(await store.make())
    if (opened?.ok !== true || opened.value.tpm === null) throw new Error('the key does not open')
    const key: DeviceKey = opened.value
    const body = {
      v: 1,
      sender,
      token: one.token,
      key: key.publicJwk,
      tpm: evidenceOnWire(await opened.value.tpm.evidence())
    }
    const proof = await proofBy(client, key, '/device/v1/enrol/activation', JSON.stringify(body))
    const answer = await client.sendRaw('POST', '/device/v1/enrol/activation', JSON.stringify(body), proof)
    expect(answer.error).toBeNull()
    const reply = answer.json as ActivationReply
    const uncover = async () =>
      Buffer.from(
        await opened.value.tpm!.activate(
          Buffer.from(reply.credentialBlob, 'base64'),
          Buffer.from(reply.encryptedSecret, 'base64')
        )
      ).toString('base64url')
    const enrol = async (activation: object | undefined, keyClass = 'tpm') => {
      const text = JSON.stringify({
        v: 1,
        sender,
        token: one.token,
        key: key.publicJwk,
        keyClass,
        machineLabel: 'x',
        hostLabel: 'x',
        ...(activation === undefined ? {} : { activation })
      })
      return client.sendRaw(
        'POST',
        '/device/v1/enrol',
        text,
        await proofBy(client, key, '/device/v1/enrol', text)
      )
    }
    return { reply, uncover, enrol, tpm: opened.value.tpm }
  }
  type Client = Awaited<ReturnType<World['client']>>
  async function proofBy(client: Client, key: DeviceKey, path: string, body: string): Promise<string> {
    const plain = (await client.proof('POST', path, body)).split('.')
    const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk }
    const signed = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${plain[1] ?? ''}`
    return `${signed}.${Buffer.from(await key.sign(Buffer.from(signed))).toString('base64url')}`
  }

  test('F7: a device that only says it has a TPM is refused, and the ticket is still good', async () => {
    const { enrol, reply, uncover } = await begun()
    expect((await enrol(undefined)).error).toMatchObject({ code: 'bad-attestation', field: 'activation' })
    const guess = { id: reply.activation, secret: 'A'.repeat(43) }
    expect((await enrol(guess)).error).toMatchObject({ code: 'bad-attestation', field: 'activation' })
    const right = { id: reply.activation, secret: await uncover() }
    expect((await enrol(right)).json).toMatchObject({ organisation: PLACE.organisation })
    expect((await enrol(right)).error).toMatchObject({ code: 'bad-token' })
  })

  test('F7: a secret that was hidden for another key, or altered, is told from a TPM that fails', async () => {
    const [first, second] = [await begun(), await begun()]
    const [blob, secret] = [first.reply.credentialBlob, first.reply.encryptedSecret].map((text) =>
      Buffer.from(text, 'base64')
    ) as [Buffer, Buffer]
    const flipped = (bytes: Buffer): Buffer =>
      Buffer.from(bytes.map((byte, at) => (at === 20 ? byte ^ 1 : byte)))
    await expect(second.tpm.activate(blob, secret)).rejects.toBeInstanceOf(UnfitCredential)
    await expect(first.tpm.activate(flipped(blob), secret)).rejects.toBeInstanceOf(UnfitCredential)
    await expect(first.tpm.activate(blob, flipped(secret))).rejects.toBeInstanceOf(UnfitCredential)
    expect(await first.tpm.activate(blob, secret)).toHaveLength(32)
  })

  test('F7: the answer to one enrolment’s challenge is no answer to another’s', async () => {
    const [first, second] = [await begun(), await begun()]
    const theirs = { id: first.reply.activation, secret: await first.uncover() }
    expect((await second.enrol(theirs)).error).toMatchObject({ code: 'bad-attestation' })
    const mixed = { id: second.reply.activation, secret: theirs.secret }
    expect((await second.enrol(mixed)).error).toMatchObject({ code: 'bad-attestation' })
  })
})
