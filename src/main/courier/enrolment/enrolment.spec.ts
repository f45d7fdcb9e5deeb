import { randomBytes, randomUUID } from 'node:crypto'
import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { hasFacts, readFacts, writeFacts, type EnrolmentFacts } from './facts'
import { readTicket, removeTicket } from './ticket'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'enrolment-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const root = { keyId: 'a'.repeat(64), publicKey: 'b'.repeat(43) }
const ticket = {
  v: 1,
  hubUrl: 'https://hub.example:8443',
  hubCa: 'pem',
  organisation: 'Demo Care',
  token: 't'.repeat(30),
  policyRoot: root
}
const put = (value: unknown): void =>
  writeFileSync(join(folder, 'ticket.json'), typeof value === 'string' ? value : JSON.stringify(value))

const facts: EnrolmentFacts = {
  v: 1,
  hubUrl: 'https://hub.example:8443',
  hubCa: 'pem',
  device: randomUUID(),
  organisation: 'Demo Care',
  team: 'Member Services',
  policyRoot: root,
  policy: {
    v: 1,
    type: 'havendesk-policy',
    payload: 'e30',
    signatures: [{ keyId: root.keyId, signature: 'c2ln' }]
  },
  tokenDigest: 'c'.repeat(64),
  keyThumbprint: 'd'.repeat(43)
}

describe('the ticket', () => {
  it('is read when it is whole, and absent when it is not there', async () => {
    expect(await readTicket(folder)).toEqual({ ok: true, value: null })
    put(ticket)
    expect(await readTicket(folder)).toEqual({ ok: true, value: ticket })
  })

  it.each([
    [{ ...ticket, token: 'short' }, /ticket\.json, token: /],
    [{ ...ticket, hubUrl: 'http://hub.example' }, /ticket\.json, hubUrl: /],
    [{ ...ticket, policyRoot: { ...root, keyId: 'x' } }, /ticket\.json, policyRoot\.keyId: /],
    [{ ...ticket, more: 1 }, /ticket\.json, the document: /],
    ['{"v":1,', /not JSON/],
    ['\u0000', /not JSON/],
    ['x'.repeat(140_000), /140000 bytes/]
  ])('that is wrong names its field and the remedy', async (value, message) => {
    put(value)
    const read = await readTicket(folder)
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.error).toMatch(message)
  })

  it('is not followed through a link', async () => {
    writeFileSync(join(folder, 'elsewhere'), JSON.stringify(ticket))
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'ticket.json'))
    expect((await readTicket(folder)).ok).toBe(false)
  })

  it('is gone after removal', async () => {
    put(ticket)
    await removeTicket(folder)
    expect(existsSync(join(folder, 'ticket.json'))).toBe(false)
  })
})

describe('the facts of the enrolment', () => {
  const key = randomBytes(32)

  it('come back as they were written, and lie sealed', async () => {
    expect(await hasFacts(folder)).toBe(false)
    expect(await readFacts(folder, key)).toEqual({ ok: true, value: null })
    await writeFacts(folder, key, facts)
    expect(await hasFacts(folder)).toBe(true)
    expect(await readFacts(folder, key)).toEqual({ ok: true, value: facts })
    const bytes = readFileSync(join(folder, 'enrolment.sealed'))
    for (const word of ['hub.example', facts.device, 'Demo Care']) expect(bytes.includes(word)).toBe(false)
    expect(readdirSync(folder)).toEqual(['enrolment.sealed'])
  })

  it('are refused when a byte changed, or the key is another', async () => {
    await writeFacts(folder, key, facts)
    const path = join(folder, 'enrolment.sealed')
    const bytes = readFileSync(path)
    expect((await readFacts(folder, randomBytes(32))).ok).toBe(false)
    for (let at = 0; at < bytes.length; at += 7) {
      const altered = Buffer.from(bytes)
      altered[at] = altered[at]! ^ 0x10
      writeFileSync(path, altered)
      expect((await readFacts(folder, key)).ok).toBe(false)
    }
    writeFileSync(path, bytes.subarray(0, bytes.length - 1))
    expect((await readFacts(folder, key)).ok).toBe(false)
  })
})
