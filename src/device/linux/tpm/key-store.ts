import { createHash, randomBytes } from 'node:crypto'
import { z } from 'zod'
import { err, ok, type Result } from '../../../core/result'
import type { DeviceKey, KeyStore } from '../../contract/device-key'
import { thumbprintOf } from '../../contract/thumbprint'
import { signatureOf, publicJwkOf } from './structures'
import { TpmError, type TpmTools } from './tools'
import { tpmWitness } from './witness'

const blob = z.base64().min(1).max(4095)
const wrappedSchema = { public: blob, private: blob }
/**
 * What the keychain keeps of a key in a TPM: TPM2B_PUBLIC and TPM2B_PRIVATE, which only this TPM can open, and the
 * authorisation value that it then asks for. The attestation key beside it needs no value: it signs only what the TPM
 * itself says.
 */
const keptSchema = z.strictObject({
  v: z.literal(1),
  kind: z.literal('tpm'),
  ...wrappedSchema,
  auth: z.string().min(1).max(64),
  attestation: z.strictObject(wrappedSchema)
})
export type KeptKey = z.infer<typeof keptSchema>

const NEVER_LEAVES = 'fixedtpm|fixedparent|sensitivedataorigin|userwithauth|noda'
export const PRIMARY = 'primary.ctx'

/** Device keys in the TPM 2.0 of a Linux machine, by tpm2-tools, under the storage primary of its owner hierarchy. */
export function tpmKeyStore(tools: TpmTools): KeyStore {
  return {
    keyClass: 'tpm',
    make: () => tools.exclusively(() => make(tools)),
    open: async (text) => {
      const kept = read(text)
      return kept === null ? null : tools.exclusively(() => open(tools, kept))
    },
    close: () => tools.close()
  }
}

async function make(tools: TpmTools): Promise<string> {
  await primary(tools)
  // As long as the TPM takes, in letters that tpm2-tools reads as they are.
  const auth = randomBytes(24).toString('base64url')
  const device = await create(tools, 'device', `${NEVER_LEAVES}|sign`, auth)
  const attestation = await create(tools, 'attestation', `${NEVER_LEAVES}|restricted|sign`)
  const kept: KeptKey = { v: 1, kind: 'tpm', ...device, auth, attestation }
  return JSON.stringify(kept)
}

async function create(tools: TpmTools, name: string, attributes: string, auth?: string) {
  const [publicFile, privateFile] = [await tools.file(`${name}.pub`), await tools.file(`${name}.priv`)]
  const key = ['-G', 'ecc256:ecdsa-sha256:null', '-a', attributes, '-u', publicFile, '-r', privateFile]
  const guarded = auth === undefined ? [] : ['-p', 'file:-']
  await tools.run(['create', '-Q', '-C', await tools.file(PRIMARY), ...key, ...guarded], auth)
  await tools.unload()
  const [publicArea, privateArea] = [await tools.read(`${name}.pub`), await tools.read(`${name}.priv`)]
  return { public: publicArea.toString('base64'), private: privateArea.toString('base64') }
}

/** The storage primary: made from the TPM's own seed, so it is the same every time and need not be kept in it. */
async function primary(tools: TpmTools): Promise<void> {
  await tools.run(['createprimary', '-Q', '-C', 'o', '-G', 'ecc256', '-c', await tools.file(PRIMARY)])
  await tools.unload()
}

async function load(tools: TpmTools, name: string, blobs: { public: string; private: string }) {
  const publicFile = await tools.write(`${name}.pub`, Buffer.from(blobs.public, 'base64'))
  const privateFile = await tools.write(`${name}.priv`, Buffer.from(blobs.private, 'base64'))
  const context = await tools.file(`${name}.ctx`)
  const from = ['-C', await tools.file(PRIMARY), '-u', publicFile, '-r', privateFile]
  await tools.run(['load', '-Q', ...from, '-c', context])
  await tools.unload()
  return context
}

async function open(tools: TpmTools, kept: KeptKey): Promise<Result<DeviceKey, string>> {
  try {
    const publicJwk = publicJwkOf(Buffer.from(kept.public, 'base64'))
    const thumbprint = thumbprintOf(publicJwk)
    await primary(tools)
    // Keys of one store are told apart by their name: an enrolment opens the next key beside the present one.
    const device = await load(tools, `device-${thumbprint.slice(0, 16)}`, kept)
    const attestation = await load(tools, `attestation-${thumbprint.slice(0, 16)}`, kept.attestation)
    const loaded = { device, attestation, auth: kept.auth, blobs: kept }
    return ok({
      keyClass: 'tpm',
      publicJwk,
      thumbprint,
      sign: (message) => tools.exclusively(() => sign(tools, loaded, message)),
      tpm: tpmWitness(tools, loaded)
    })
  } catch (error) {
    if (error instanceof TpmError) return err(`the TPM does not open the device key: ${error.message}`)
    throw error
  }
}

/** A loaded pair of keys, by the files of their contexts. */
export interface LoadedKeys {
  readonly device: string
  readonly attestation: string
  readonly auth: string
  readonly blobs: KeptKey
}

async function sign(tools: TpmTools, { device, auth }: LoadedKeys, message: Uint8Array): Promise<Uint8Array> {
  const digest = await tools.write('digest', createHash('sha256').update(message).digest())
  const signature = await tools.file('signature')
  const how = ['-g', 'sha256', '-s', 'ecdsa', '-d', '-o', signature]
  await tools.run(['sign', '-Q', '-c', device, '-p', 'file:-', ...how, digest], auth)
  await tools.unload()
  return signatureOf(await tools.read('signature'))
}

function read(text: string): KeptKey | null {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    return null // another store's, or nobody's
  }
  const kept = keptSchema.safeParse(json)
  return kept.success ? kept.data : null
}
