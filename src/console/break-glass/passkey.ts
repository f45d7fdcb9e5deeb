import { grantMessage, type Grant, type GrantEnvelope } from '../../core/break-glass/grant'
import { challengeOf } from '../../core/break-glass/passkey'
import { fromBase64url, toBase64url } from '../../core/trust/base64url'

/** How long a person may look for their key, milliseconds. */
const TIMEOUT_MS = 60_000

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => {
  const bytes = fromBase64url(text)
  if (bytes === null) throw new Error('not base64url')
  return Uint8Array.from(bytes)
}
const text = (bytes: ArrayBuffer): string => toBase64url(new Uint8Array(bytes))

/** Has one of the approver's passkeys sign a grant: it takes their touch. Rejects when there is no signature. */
export async function signGrant(
  grant: Grant,
  passkeys: readonly { readonly credential: string; readonly rpId: string }[]
): Promise<string> {
  const payload = new TextEncoder().encode(JSON.stringify(grant))
  const [first] = passkeys
  if (first === undefined) throw new Error('no passkey')
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: bytesOf(challengeOf(grantMessage(payload))),
      rpId: first.rpId,
      allowCredentials: passkeys.map((one) => ({ type: 'public-key', id: bytesOf(one.credential) })),
      userVerification: 'required',
      timeout: TIMEOUT_MS
    }
  })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no signature')
  const { response } = credential
  if (!(response instanceof AuthenticatorAssertionResponse)) throw new Error('no signature')
  const envelope: GrantEnvelope = {
    v: 1,
    type: 'havendesk-break-glass',
    payload: toBase64url(payload),
    signature: text(response.signature),
    assertion: {
      authenticatorData: text(response.authenticatorData),
      clientData: text(response.clientDataJSON)
    }
  }
  return JSON.stringify(envelope)
}

/** Makes a passkey for this console's host, and gives the lines that IT puts into the policy. Rejects when none was made. */
export async function makeKey(person: { readonly id: string; readonly name: string }): Promise<string> {
  const { hostname } = window.location
  const credential = await navigator.credentials.create({
    publicKey: {
      // Nothing is proven with this signature: IT takes the key from the person's hand.
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: hostname, name: 'Havendesk' },
      user: { id: new TextEncoder().encode(person.id), name: person.name, displayName: person.name },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'discouraged' },
      attestation: 'none',
      timeout: TIMEOUT_MS
    }
  })
  if (!(credential instanceof PublicKeyCredential)) throw new Error('no key')
  const { response } = credential
  const key = response instanceof AuthenticatorAttestationResponse ? response.getPublicKey() : null
  if (key === null) throw new Error('no key')
  return [
    '- email: # what you sign in with',
    '  key:',
    '    kind: passkey',
    `    credential: ${text(credential.rawId)}`,
    `    publicKey: ${text(key)}`,
    `    rpId: ${hostname}`
  ].join('\n')
}
