import type { HubError } from '../../../contract/wire/v1/device'

/** Fields of a statement that are the same at the next try: only IT can change what they say. */
const lasting: readonly string[] = ['statement.buildHash', 'statement.keyClass']

/** True when the hub does not believe this program, its key or its machine, and trying again will not help. */
export const isLasting = ({ code, field }: HubError): boolean =>
  code === 'bad-attestation' && field !== undefined && (lasting.includes(field) || field.startsWith('quote'))
