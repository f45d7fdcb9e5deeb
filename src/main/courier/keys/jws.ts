import type { DeviceKey } from '../../../device/contract/device-key'

/** A compact JWS (RFC 7515) by the device key, ES256. The key may be in a TPM, which jose cannot ask. */
export async function signCompact(
  key: Pick<DeviceKey, 'sign'>,
  header: Readonly<Record<string, unknown>>,
  payload: object
): Promise<string> {
  const part = (value: object): string => Buffer.from(JSON.stringify(value), 'utf8').toString('base64url')
  const signed = `${part({ alg: 'ES256', ...header })}.${part(payload)}`
  const signature = await key.sign(Buffer.from(signed, 'ascii'))
  return `${signed}.${Buffer.from(signature).toString('base64url')}`
}
