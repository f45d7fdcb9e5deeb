import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { KEY_BYTES, openKeyFile } from '../../key-file'

/** Keys of the hub's own that are not in its database: who reads the database alone makes no code and no cookie of it. */
export interface SignInKeys {
  /** Seals a text for one person. */
  readonly seal: (text: string, person: string) => Buffer
  /** The text, or null when it was not sealed with these keys for this person. */
  readonly unseal: (sealed: Buffer, person: string) => string | null
  /** Signs what a browser keeps for us. */
  readonly browserKey: Buffer
}

const NONCE = 12
const TAG = 16

/** Reads `sign-in.key` of the data folder, or makes it the first time. */
export async function openSignInKeys(dataFolder: string): Promise<SignInKeys> {
  const remedy = 'Put back the file of your backup; without it, people set their apps up again.'
  const root = await openKeyFile(join(dataFolder, 'sign-in.key'), remedy)
  return signInKeys(root)
}

/** The keys that follow from one secret of 32 bytes. */
export function signInKeys(root: Buffer): SignInKeys {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', root, '', `havendesk ${use}`, KEY_BYTES))
  const sealing = derive('seal of second factors')
  return {
    browserKey: derive('known browsers'),
    seal: (text, person) => {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(person))
      return Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    unseal: (sealed, person) => {
      if (sealed.length < NONCE + TAG) return null
      const decipher = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(0, NONCE), {
        authTagLength: TAG
      })
      decipher.setAAD(Buffer.from(person)).setAuthTag(sealed.subarray(-TAG))
      try {
        return Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]).toString()
      } catch {
        return null // of another key, another person, or altered
      }
    }
  }
}
