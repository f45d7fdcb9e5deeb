import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { QuoteEvidence, TpmEvidence } from '../../src/contract/wire/v1/attestation'
import type { DeviceKey, TpmWitness } from '../../src/device/contract/device-key'
import { tpmKeyStore } from '../../src/device/linux/tpm/key-store'
import { TpmTools } from '../../src/device/linux/tpm/tools'
import { verifyEvidence, verifyQuote, type ProvenTpm } from '../../src/hub/attestation/tpm/evidence'
import { makeCredential } from '../../src/hub/attestation/tpm/make-credential'
import { nameOf, readSigningKey } from '../../src/hub/attestation/tpm/public-area'
import { requires, whyMissing } from '../requires'
import { makeTpmMaker, SoftTpm, type TpmMaker } from './soft-tpm'
import { evidenceOnWire, quoteOnWire } from './wire'

interface Machine {
  readonly tpm: SoftTpm
  readonly tools: TpmTools
  readonly text: string
  readonly key: DeviceKey
  readonly witness: TpmWitness
  readonly evidence: TpmEvidence
}

let maker: TpmMaker
let otherMaker: TpmMaker
let own: Machine
let other: Machine
let roots: string[]
const commands: string[] = []

async function machine(of: TpmMaker): Promise<Machine> {
  const tpm = await SoftTpm.start(of)
  const tools = new TpmTools({
    tcti: tpm.tcti,
    onCommand: (args, environment) => commands.push([...args, JSON.stringify(environment)].join(' '))
  })
  const store = tpmKeyStore(tools)
  const text = await store.make()
  const opened = await store.open(text)
  if (opened?.ok !== true || opened.value.tpm === null) throw new Error('the key does not open')
  const key = opened.value
  return {
    tpm,
    tools,
    text,
    key,
    witness: opened.value.tpm,
    evidence: evidenceOnWire(await opened.value.tpm.evidence())
  }
}
const issuerOf = (of: TpmMaker): Promise<string> => readFile(join(of.folder, 'issuercert.pem'), 'utf8')

beforeAll(async () => {
  if (whyMissing('tpm') !== null) return
  ;[maker, otherMaker] = [await makeTpmMaker(), await makeTpmMaker()]
  own = await machine(maker)
  other = await machine(otherMaker)
  roots = [await issuerOf(maker), await maker.root()]
})
afterAll(async () => {
  for (const one of [own, other] as (Machine | undefined)[]) {
    await one?.tools.close()
    await one?.tpm.remove()
  }
  for (const one of [maker, otherMaker] as (TpmMaker | undefined)[]) {
    if (one !== undefined) await rm(one.folder, { recursive: true, force: true })
  }
})
beforeEach((context) => requires(context, 'tpm'))

const now = (): Date => new Date()
function proven(): ProvenTpm {
  const result = verifyEvidence(own.evidence, own.key.publicJwk, roots, now())
  if (!result.ok) throw new Error(result.error.problem)
  return result.value
}
/** The same bytes, base64, with one bit flipped. */
function flipped(text: string, at: number): string {
  const bytes = Buffer.from(text, 'base64')
  bytes[at % bytes.length] = (bytes[at % bytes.length] ?? 0) ^ 1
  return bytes.toString('base64')
}

describe('enrolment', () => {
  test('F7: a key made in the TPM is certified, and its endorsement leads to its maker', () => {
    const { endorsement, attestationKey } = proven()
    expect(endorsement.maker).toContain('swtpm-localca')
    expect(attestationKey.restricted).toBe(true)
  })

  test('F7: the real TPM uncovers what our own TPM2_MakeCredential hid for it', async () => {
    const { endorsement, attestationKey } = proven()
    const secret = randomBytes(32)
    const { credentialBlob, encryptedSecret } = makeCredential(
      endorsement.publicKey,
      attestationKey.name,
      secret
    )
    expect(Buffer.from(await own.witness.activate(credentialBlob, encryptedSecret))).toEqual(secret)
  })

  test('F7: another TPM does not, nor this one for an attestation key that is not in it', async () => {
    const { endorsement, attestationKey } = proven()
    const secret = randomBytes(32)
    const ours = makeCredential(endorsement.publicKey, attestationKey.name, secret)
    await expect(other.witness.activate(ours.credentialBlob, ours.encryptedSecret)).rejects.toThrow(
      'not made for this TPM'
    )
    const stranger = nameOf(Buffer.from(other.evidence.attestationKey, 'base64'))
    const theirs = makeCredential(endorsement.publicKey, stranger, secret)
    await expect(own.witness.activate(theirs.credentialBlob, theirs.encryptedSecret)).rejects.toThrow(
      'not made for this TPM'
    )
    const bent = Buffer.from(ours.credentialBlob)
    bent[bent.length - 1] = (bent[bent.length - 1] ?? 0) ^ 1
    await expect(own.witness.activate(bent, ours.encryptedSecret)).rejects.toThrow('not made for this TPM')
    // A refusal leaves the TPM as it was.
    expect(Buffer.from(await own.witness.activate(ours.credentialBlob, ours.encryptedSecret))).toEqual(secret)
  })

  test('F7: the endorsement of another maker, of nobody, or out of its time is refused', () => {
    const { publicJwk } = own.key
    const judge = (evidence: TpmEvidence, trusted = roots, at = now()) =>
      verifyEvidence(evidence, publicJwk, trusted, at)
    expect(judge({ ...own.evidence, endorsement: other.evidence.endorsement })).toMatchObject({
      error: { field: 'tpm.endorsement' }
    })
    expect(judge(own.evidence, [])).toMatchObject({ error: { field: 'tpm.endorsement' } })
    for (const at of [new Date(0), new Date('+010000-01-02T00:00:00Z')]) {
      expect(judge(own.evidence, roots, at)).toMatchObject({ error: { field: 'tpm.endorsement' } })
    }
    const [certificate = ''] = own.evidence.endorsement
    const size = Buffer.from(certificate, 'base64').length
    for (const at of [40, Math.floor(size / 2), size - 10]) {
      expect(judge({ ...own.evidence, endorsement: [flipped(certificate, at)] })).toMatchObject({ ok: false })
    }
  })

  test('F7: a key that is not the certified one, or a certificate that was altered, is refused', () => {
    const judge = (bend: Partial<TpmEvidence>, jwk = own.key.publicJwk) =>
      verifyEvidence({ ...own.evidence, ...bend }, jwk, roots, now())
    expect(judge({}, other.key.publicJwk)).toMatchObject({ error: { field: 'tpm.deviceKey' } })
    expect(judge({ deviceKey: other.evidence.deviceKey }, other.key.publicJwk)).toMatchObject({
      error: { field: 'tpm.certify.attest' }
    })
    expect(judge({ attestationKey: other.evidence.attestationKey })).toMatchObject({
      error: { field: 'tpm.certify.signature' }
    })
    const { attest, signature } = own.evidence.certify
    for (const at of [0, 5, 40, 90]) {
      expect(judge({ certify: { attest: flipped(attest, at), signature } })).toMatchObject({ ok: false })
      expect(judge({ certify: { attest, signature: flipped(signature, at) } })).toMatchObject({ ok: false })
    }
  })

  test('F7: a software key dressed as one of a TPM is refused', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const area = Buffer.from(own.evidence.deviceKey, 'base64')
    Buffer.from(x, 'base64url').copy(area, area.length - 66)
    Buffer.from(y, 'base64url').copy(area, area.length - 32)
    const deviceKey = area.toString('base64')
    const jwk = { kty: 'EC', crv: 'P-256', x, y } as const
    expect(verifyEvidence({ ...own.evidence, deviceKey }, jwk, roots, now())).toMatchObject({
      error: { field: 'tpm.certify.attest' }
    })
    // It signs for itself what a TPM would have to: the attestation key it names is then not one of the TPM either.
    const attest = Buffer.from(own.evidence.certify.attest, 'base64')
    const certify = {
      attest: attest.toString('base64'),
      signature: sign('sha256', attest, { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64')
    }
    expect(verifyEvidence({ ...own.evidence, deviceKey, certify }, jwk, roots, now())).toMatchObject({
      error: { field: 'tpm.certify.signature' }
    })
  })

  test('F7: a key that may leave its TPM, and an attestation key that signs anything, are refused', () => {
    const area = Buffer.from(own.evidence.deviceKey, 'base64')
    for (const bit of [1, 4, 5, 18]) {
      const bent = Buffer.from(area)
      bent.writeUInt32BE((bent.readUInt32BE(4) & ~(1 << bit)) >>> 0, 4)
      expect(() => readSigningKey(bent)).toThrow(/is not/)
    }
    const unrestricted = { ...own.evidence, attestationKey: own.evidence.deviceKey }
    expect(verifyEvidence(unrestricted, own.key.publicJwk, roots, now())).toMatchObject({
      error: { field: 'tpm.attestationKey' }
    })
  })
})

describe('quotes', () => {
  const nonce = randomBytes(32)
  let quote: QuoteEvidence
  let key: Buffer
  beforeAll(async () => {
    if (whyMissing('tpm') !== null) return
    quote = quoteOnWire(await own.witness.quote(nonce))
    key = Buffer.from(own.evidence.attestationKey, 'base64')
  })

  test('F7: one over the hub’s nonce is taken, with the hash of the measurements', () => {
    const pcrHash = createHash('sha256').update(Buffer.from(quote.pcrs, 'base64')).digest('hex')
    expect(verifyQuote(quote, key, nonce)).toEqual({ ok: true, value: { pcrHash } })
  })

  test('F7: one over another nonce, one of another TPM and a certify in its place are refused', async () => {
    expect(verifyQuote(quote, key, randomBytes(32))).toMatchObject({ error: { field: 'quote.attest' } })
    const theirs = quoteOnWire(await other.witness.quote(nonce))
    expect(verifyQuote(theirs, key, nonce)).toMatchObject({ error: { field: 'quote.signature' } })
    const certify = { ...own.evidence.certify, pcrs: quote.pcrs }
    expect(verifyQuote(certify, key, nonce)).toMatchObject({ error: { field: 'quote.attest' } })
  })

  test('F7: with any byte of it altered it is refused', () => {
    const sizeOf = (text: string): number => Buffer.from(text, 'base64').length
    for (const part of ['attest', 'signature', 'pcrs'] as const) {
      for (let at = 0; at < sizeOf(quote[part]); at += 1) {
        const bent = { ...quote, [part]: flipped(quote[part], at) }
        expect([part, at, verifyQuote(bent, key, nonce).ok]).toEqual([part, at, false])
      }
      const cut = Buffer.from(quote[part], 'base64').subarray(1).toString('base64')
      expect(verifyQuote({ ...quote, [part]: cut }, key, nonce).ok).toBe(false)
    }
  })

  test('F7: what is measured at the start shows in it', async () => {
    await own.tpm.tool('pcrextend', `4:sha256=${'ab'.repeat(32)}`)
    const after = verifyQuote(quoteOnWire(await own.witness.quote(nonce)), key, nonce)
    const before = verifyQuote(quote, key, nonce)
    expect(after.ok && before.ok && after.value.pcrHash !== before.value.pcrHash).toBe(true)
  })
})

describe('the key itself', () => {
  test('F7: neither export nor duplication gets it out, and it opens in no other TPM', async () => {
    const kept = JSON.parse(own.text) as { public: string; private: string; auth: string }
    await own.tools.exclusively(async () => {
      const context = (await readdir(join(await own.tools.file('.')))).find((name) =>
        /^device-.*ctx$/.test(name)
      )
      const device = await own.tools.file(context ?? '')
      const [priv, seed] = [await own.tools.file('out.priv'), await own.tools.file('out.seed')]
      const duplicate = [
        'duplicate',
        '-C',
        'null',
        '-c',
        device,
        '-G',
        'null',
        '-p',
        'file:-',
        '-r',
        priv,
        '-s',
        seed
      ]
      await expect(own.tools.run(duplicate, kept.auth)).rejects.toThrow('tpm2 duplicate')
      await own.tools.run(['flushcontext', '-t'])
    })
    const elsewhere = await tpmKeyStore(other.tools).open(own.text)
    expect(elsewhere).toMatchObject({ ok: false })
    expect(elsewhere?.ok === false && elsewhere.error).toMatch(/does not open/)
  })

  test('F7: without its authorisation value it does not sign', async () => {
    const kept = JSON.parse(own.text) as Record<string, unknown>
    const stolen = await tpmKeyStore(own.tools).open(JSON.stringify({ ...kept, auth: randomUUID() }))
    if (stolen?.ok !== true) throw new Error('the blobs themselves open in their own TPM')
    await expect(stolen.value.sign(Buffer.from('x'))).rejects.toThrow('tpm2 sign')
  })

  test('F7: it survives the machine’s restart', async () => {
    await own.tpm.switchOff()
    await own.tpm.switchOn()
    const again = await tpmKeyStore(own.tools).open(own.text)
    expect(again?.ok === true && again.value.thumbprint).toBe(own.key.thumbprint)
  })

  test('F6: its authorisation value is in no argument, no environment and no file', async () => {
    const { auth } = JSON.parse(own.text) as { auth: string }
    expect(commands.length).toBeGreaterThan(10)
    expect(commands.filter((line) => line.includes(auth))).toEqual([])
    const folder = join(await own.tools.file('.'))
    for (const name of await readdir(folder)) {
      expect([name, (await readFile(join(folder, name))).includes(auth)]).toEqual([name, false])
    }
  })

  test('F7: a TPM that hangs up, and tools that are not there, are an error and never a key', async () => {
    const nowhere = new TpmTools({ tcti: 'device:/nonexistent/tpm' })
    expect(await nowhere.present()).toBe(false)
    await expect(tpmKeyStore(nowhere).make()).rejects.toThrow('tpm2')
    await nowhere.close()
  })
})
