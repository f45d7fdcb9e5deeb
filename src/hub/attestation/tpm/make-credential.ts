import {
  constants,
  createCipheriv,
  createHmac,
  publicEncrypt,
  randomBytes,
  type KeyObject
} from 'node:crypto'

/** What TPM2_ActivateCredential takes: TPM2B_ID_OBJECT and TPM2B_ENCRYPTED_SECRET. */
export interface Credential {
  readonly credentialBlob: Buffer
  readonly encryptedSecret: Buffer
}

/**
 * TPM2_MakeCredential without a TPM (Part 1, 24): hides `secret` so that only the TPM with the endorsement key can
 * uncover it, and only while it holds the object with this name. For RSA endorsement keys of the standard template:
 * SHA-256 as name algorithm, AES-128 in CFB mode.
 */
export function makeCredential(
  endorsementKey: KeyObject,
  objectName: Buffer,
  secret: Buffer,
  seed: Buffer = randomBytes(32)
): Credential {
  const key = kdfa(seed, 'STORAGE', objectName, 128)
  const cipher = createCipheriv('aes-128-cfb', key, Buffer.alloc(16))
  const identity = Buffer.concat([cipher.update(sized(secret)), cipher.final()])
  const integrity = createHmac('sha256', kdfa(seed, 'INTEGRITY', Buffer.alloc(0), 256))
    .update(identity)
    .update(objectName)
    .digest()
  const encrypted = publicEncrypt(
    {
      key: endorsementKey,
      padding: constants.RSA_PKCS1_OAEP_PADDING,
      oaepHash: 'sha256',
      oaepLabel: Buffer.from('IDENTITY\0', 'ascii')
    },
    seed
  )
  return {
    credentialBlob: sized(Buffer.concat([sized(integrity), identity])),
    encryptedSecret: sized(encrypted)
  }
}

/** KDFa (Part 1, 11.4.10.2) with SHA-256; at most one block of 256 bits is ever asked for. */
function kdfa(key: Buffer, label: string, context: Buffer, bits: 128 | 256): Buffer {
  const counter = Buffer.from([0, 0, 0, 1])
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bits)
  return createHmac('sha256', key)
    .update(Buffer.concat([counter, Buffer.from(`${label}\0`, 'ascii'), context, length]))
    .digest()
    .subarray(0, bits / 8)
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(bytes.length)
  return Buffer.concat([length, bytes])
}
