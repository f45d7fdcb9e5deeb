import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { MemoryKeychain } from '../../../../test/courier/memory-keychain'
import { KeyRing } from '../keys/open-keys'
import { systemClock } from './clock'
import { HubClient } from './hub-client'

test('a key that cannot sign is an absent hub to whoever asks, and the next request is asked all the same', async () => {
  const made = await new KeyRing(new MemoryKeychain()).candidate(false)
  if (!made.ok) throw new Error('no key')
  let works = false
  const sent: string[] = []
  const client = new HubClient(
    {
      send: ({ url }) => {
        sent.push(url)
        return Promise.resolve({
          kind: 'reply',
          status: 200,
          json: { v: 1 },
          nonce: null,
          retryAfterMs: null,
          hubTime: null
        })
      },
      close: () => Promise.resolve()
    },
    'https://hub.example',
    {
      key: {
        ...made.value,
        sign: (message) =>
          works ? made.value.sign(message) : Promise.reject(new Error('the TPM is in failure mode'))
      },
      device: randomUUID(),
      boot: randomUUID(),
      nextSeq: () => sent.length,
      skipSeq: () => undefined
    },
    systemClock,
    { tell: () => undefined }
  )
  const ask = () => client.call({ path: '/x', body: null, reply: z.object({ v: z.number() }), limitMs: 1000 })
  expect(await ask()).toMatchObject({
    kind: 'unreachable',
    odd: false,
    problem: 'the request could not be signed: the TPM is in failure mode'
  })
  expect(sent).toEqual([])
  works = true
  expect(await ask()).toEqual({ kind: 'ok', value: { v: 1 } })
})
