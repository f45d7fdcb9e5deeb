import { createHmac, hkdfSync } from 'node:crypto'
import { join } from 'node:path'
import { KEY_BYTES, openKeyFile } from '../key-file'

/** Secrets of webhooks are derived and stored nowhere: from this hub's key, in its data folder, and the channel's salt. */
export interface HookSecrets {
  /** As people hand it on, `whsec_` and base64. */
  secretOf(salt: Uint8Array): string
  /** The header `webhook-signature` for a message. */
  sign(salt: Uint8Array, id: string, seconds: number, body: string): string
}

/** Reads the hub's key, or makes it. Throws when the file is there and is not one: a new key would break every webhook. */
export async function openHookSecrets(dataFolder: string): Promise<HookSecrets> {
  const remedy = 'Put it back from a copy, or remove it and hand out new secrets.'
  const master = await openKeyFile(join(dataFolder, 'webhooks.key'), remedy)
  const keyFor = (salt: Uint8Array): Buffer =>
    Buffer.from(hkdfSync('sha256', master, salt, 'havendesk webhook 1', KEY_BYTES))
  return {
    secretOf: (salt) => `whsec_${keyFor(salt).toString('base64')}`,
    sign: (salt, id, seconds, body) =>
      `v1,${createHmac('sha256', keyFor(salt)).update(`${id}.${seconds}.${body}`).digest('base64')}`
  }
}
