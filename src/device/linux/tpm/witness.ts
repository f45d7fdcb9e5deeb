import { UnfitCredential, type TpmQuoted, type TpmShown, type TpmWitness } from '../../contract/device-key'
import type { LoadedKeys } from './key-store'
import { publicAreaOf, signatureOf } from './structures'
import { TpmError, type TpmTools } from './tools'

/** Where the RSA endorsement certificate lies (TCG EK Credential Profile, 2.2.1.4). */
const EK_CERTIFICATE = '0x1c00002'
const PCRS = 'sha256:0,1,2,3,4,5,6,7'
/** What tpm2-tools puts before a credential in a file: its mark and version. */
const CREDENTIAL_HEADER = Buffer.from('badcc0de00000001', 'hex')

/** The TPM as a witness for a pair of keys that is loaded in it. */
export const tpmWitness = (tools: TpmTools, keys: LoadedKeys): TpmWitness => ({
  evidence: () => tools.exclusively(() => evidence(tools, keys)),
  activate: (blob, secret) => tools.exclusively(() => activate(tools, keys, blob, secret)),
  quote: (nonce) => tools.exclusively(() => quote(tools, keys, nonce))
})

async function evidence(tools: TpmTools, keys: LoadedKeys): Promise<TpmShown> {
  await tools.run(['nvread', '-Q', EK_CERTIFICATE, '-o', await tools.file('ek.der')])
  const [attest, signature] = [await tools.file('certify'), await tools.file('certify.sig')]
  const who = ['-c', keys.device, '-P', 'file:-', '-C', keys.attestation, '-g', 'sha256']
  await tools.run(['certify', '-Q', ...who, '-o', attest, '-s', signature], keys.auth)
  await tools.unload()
  return {
    endorsement: [withoutPadding(await tools.read('ek.der'))],
    attestationKey: publicAreaOf(Buffer.from(keys.blobs.attestation.public, 'base64')),
    deviceKey: publicAreaOf(Buffer.from(keys.blobs.public, 'base64')),
    certify: {
      attest: await tools.read('certify'),
      signature: signatureOf(await tools.read('certify.sig'))
    }
  }
}

/**
 * True when the TPM itself refused what it was given: a response code of format one (bit 7) about a parameter (bit 6), of
 * the TPM's own layer (TPM 2.0 Library, Part 2, 6.6). A TPM that is locked out, busy or gone answers otherwise.
 */
function isAboutParameter(code: number): boolean {
  return code < 0x1000 && (code & 0xc0) === 0xc0
}

/** TPM_RC_FAILURE: what a TPM in failure mode answers to everything, and a sound one to a secret that does not open. */
const FAILURE = 0x101

/** True when a TPM that is well refused the credential it was given. */
async function isUnfit(tools: TpmTools, error: unknown): Promise<boolean> {
  if (!(error instanceof TpmError)) return false
  const code = Number(/Esys_ActivateCredential\((0x[0-9a-f]+)\)/i.exec(error.message)?.[1] ?? 0)
  if (code !== FAILURE) return isAboutParameter(code)
  // Which of the two it is shows with the next command.
  return tools.run(['getrandom', '--hex', '8']).then(
    () => true,
    () => false
  )
}

async function activate(
  tools: TpmTools,
  keys: LoadedKeys,
  blob: Uint8Array,
  secret: Uint8Array
): Promise<Uint8Array> {
  const [ek, session, out] = [
    await tools.file('ek.ctx'),
    await tools.file('session'),
    await tools.file('secret')
  ]
  const credential = await tools.write('credential', Buffer.concat([CREDENTIAL_HEADER, blob, secret]))
  await tools.run(['createek', '-Q', '-c', ek, '-G', 'rsa', '-u', await tools.file('ek.pub')])
  await tools.unload()
  await tools.run(['startauthsession', '-Q', '--policy-session', '-S', session])
  try {
    await tools.run(['policysecret', '-Q', '-S', session, '-c', 'e'])
    const how = ['-c', keys.attestation, '-C', ek, '-i', credential, '-o', out, '-P', `session:${session}`]
    await tools.run(['activatecredential', '-Q', ...how]).catch(async (error: unknown) => {
      throw (await isUnfit(tools, error))
        ? new UnfitCredential('the credential was not made for this TPM')
        : error
    })
    return await tools.read('secret')
  } finally {
    await tools.run(['flushcontext', session])
    await tools.unload()
    await tools.write('secret', new Uint8Array(0))
  }
}

async function quote(tools: TpmTools, keys: LoadedKeys, nonce: Uint8Array): Promise<TpmQuoted> {
  const extra = await tools.write('nonce', nonce)
  const [attest, signature, pcrs] = [
    await tools.file('quote'),
    await tools.file('quote.sig'),
    await tools.file('quote.pcrs')
  ]
  const what = ['-c', keys.attestation, '-l', PCRS, '-q', extra, '-g', 'sha256']
  await tools.run(['quote', '-Q', ...what, '-m', attest, '-s', signature, '-o', pcrs, '-F', 'values'])
  await tools.unload()
  return {
    attest: await tools.read('quote'),
    signature: signatureOf(await tools.read('quote.sig')),
    pcrs: await tools.read('quote.pcrs')
  }
}

/** Some makers fill the memory's index to its end: the certificate is as long as its own header says. */
function withoutPadding(der: Buffer): Buffer {
  const isLong = der[0] === 0x30 && der[1] === 0x82 && der.length >= 4
  return isLong ? der.subarray(0, 4 + der.readUInt16BE(2)) : der
}
