import { randomUUID } from 'node:crypto'
import { chmodSync, existsSync, lstatSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MAX_LINE_BYTES, replySchema, type Reply } from '../contract/service/question'
import type { Platform } from '../device/contract'
import { fakePlatform } from '../device/fake/platform'
import { linux } from '../device/linux/platform'
import { requires } from '../../test/requires'
import { answerLine, type Knowledge } from './answer'
import { readConfig } from './config'
import { Lines } from '../device/contract/lines'
import { Service } from './server'

let folder: string
let socket: string
const running: Service[] = []
const log: string[] = []
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'service-'))
  socket = join(folder, 'run', 'service.sock')
  log.length = 0
})
afterEach(async () => {
  for (const service of running.splice(0)) await service.close()
  rmSync(folder, { recursive: true, force: true })
})

const knows: Knowledge = {
  uptimeSeconds: () => 1,
  firewall: () => Promise.resolve([{ name: 'IPv4', on: true, dropsIncoming: true }]),
  volumes: () => Promise.reject(new Error('no volumes here')),
  tpm: () => Promise.resolve({ present: false, major: null, ready: false }),
  codeIntegrity: () => Promise.reject(new Error('no such policies here')),
  programs: () => Promise.reject(new Error('no programs here')),
  tunnels: () => Promise.resolve({ peers: null, problem: 'no tunnels here' })
}
const me = process.getuid?.() ?? 0
async function start(platform: Platform, uids: readonly number[] = [me], shared = false): Promise<Service> {
  const service = new Service({
    config: { socket, allowed: { uids, sids: [] }, shared },
    platform,
    knowledge: { ...knows, uptimeSeconds: () => 12.5 },
    log: (event, fact) => log.push(`${event}: ${fact}`)
  })
  await service.listen()
  running.push(service)
  return service
}

/** Sends bytes and returns the replies until the service hangs up or `count` are there. */
async function ask(bytes: string | Buffer, count = 1): Promise<Reply[]> {
  return new Promise((resolve) => {
    const client = connect(socket, () => client.write(bytes))
    let got = ''
    const done = (): void => {
      client.destroy()
      resolve(
        got
          .split('\n')
          .filter((line) => line !== '')
          .map((line) => replySchema.parse(JSON.parse(line)))
      )
    }
    client.on('data', (chunk) => {
      got += chunk.toString()
      if (got.split('\n').length > count) done()
    })
    client.on('close', done)
    client.on('error', done)
  })
}
const uptime = (id = randomUUID()): string => `${JSON.stringify({ id, ask: 'uptime' })}\n`

describe('the service on its socket', () => {
  beforeEach((context) => requires(context, 'linux'))

  it('answers the user that the kernel names and that is on the list', async () => {
    await start(linux)
    const id = randomUUID()
    expect(await ask(uptime(id))).toEqual([{ kind: 'uptime', id, seconds: 12.5 }])
  })

  it('refuses a user that is not on the list, root too', async () => {
    await start(linux, [me + 1])
    expect(await ask(uptime())).toMatchObject([{ kind: 'refused', reason: 'not-your-peer' }])
    expect(log).toContain(`peer refused: uid ${me}`)
  })

  it('refuses everybody when the kernel names nobody', async () => {
    await start(fakePlatform(null))
    expect(await ask(uptime())).toMatchObject([{ kind: 'refused', reason: 'not-your-peer' }])
  })

  it('keeps others out by the modes of socket and folder, unless it is shared', async () => {
    await start(linux)
    expect(lstatSync(socket).mode & 0o777).toBe(0o600)
    expect(lstatSync(join(folder, 'run')).mode & 0o777).toBe(0o700)
  })

  it('answers several questions in order, however they are cut', async () => {
    await start(linux)
    const ids = [randomUUID(), randomUUID(), randomUUID()]
    const replies = await ask(ids.map((id) => uptime(id)).join(''), 3)
    expect(replies.map((reply) => reply.id)).toEqual(ids)
  })

  it('hangs up on a line that is too long, and on too many questions', async () => {
    await start(linux)
    expect(await ask(Buffer.alloc(MAX_LINE_BYTES + 10, 0x61))).toMatchObject([{ reason: 'too-large' }])
    const many = await ask(uptime().repeat(150), 1000)
    expect(many).toHaveLength(101)
    expect(many.at(-1)).toMatchObject({ kind: 'refused', reason: 'too-large' })
  })

  it('takes the place of a socket that a crash left, but of nothing else', async () => {
    const left = createServer()
    await start(linux)
    const second = start(linux)
    await expect(second).rejects.toThrow(/another service answers/)
    for (const service of running.splice(0)) await service.close()
    rmSync(socket, { force: true })
    writeFileSync(socket, 'a file')
    await expect(start(linux)).rejects.toThrow(/not a socket/)
    expect(existsSync(socket)).toBe(true)
    left.close()
  })

  it('survives whatever is sent to it', async () => {
    await start(linux)
    const junk = fc.oneof(
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
      fc.json().map((text) => Buffer.from(`${text}\n`)),
      fc.constant(Buffer.from('{"ask":"__proto__","__proto__":{"ask":"uptime"}}\n')),
      fc.constant(Buffer.from('{"id":"x","ask":"exec","command":"/bin/true"}\n'))
    )
    await fc.assert(
      fc.asyncProperty(junk, async (bytes) => {
        const replies = await ask(Buffer.concat([bytes, Buffer.from('\n')]))
        expect(replies.every((reply) => reply.kind === 'refused')).toBe(true)
      }),
      { numRuns: 60 }
    )
    expect(await ask(uptime())).toMatchObject([{ kind: 'uptime' }])
  })
})

describe('a question', () => {
  it('gets an answer whatever it holds, and is an answer only to what the schema asks', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((text) => Buffer.from(text))
        ),
        async (line) => {
          const reply = await answerLine(line, knows)
          expect(replySchema.safeParse(reply).success).toBe(true)
          expect(reply.kind).toBe('refused')
        }
      )
    )
  })

  it('names the field at fault and keeps the id', async () => {
    const id = randomUUID()
    const reply = await answerLine(Buffer.from(JSON.stringify({ id, ask: 'uptime', more: 1 })), knows)
    expect(reply).toMatchObject({ kind: 'refused', id, reason: 'unreadable' })
  })

  it('about the machine is answered as the machine tells it, or said to have no answer', async () => {
    const id = randomUUID()
    const ask = (what: string) => answerLine(Buffer.from(JSON.stringify({ id, ask: what })), knows)
    expect(await ask('firewall')).toMatchObject({ kind: 'firewall', id, profiles: [{ name: 'IPv4' }] })
    expect(await ask('tpm')).toEqual({ kind: 'tpm', id, present: false, major: null, ready: false })
    expect(await ask('tunnels')).toEqual({ kind: 'tunnels', id, peers: null, problem: 'no tunnels here' })
    expect(await ask('volumes')).toEqual({
      kind: 'refused',
      id,
      reason: 'cannot-tell',
      message: 'no volumes here'
    })
  })
})

describe('lines', () => {
  it('come out the same however the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.stringMatching(/^[a-z]{0,20}$/), { minLength: 1, maxLength: 10 }),
        fc.array(fc.nat(30), { maxLength: 20 }),
        (texts, cuts) => {
          const lines = new Lines(64)
          let rest = Buffer.from(texts.map((text) => `${text}\n`).join(''))
          const out: string[] = []
          for (const cut of [...cuts, rest.length]) {
            const pushed = lines.push(rest.subarray(0, cut))
            if (pushed === 'too-long') throw new Error('too long')
            out.push(...pushed.map((line) => line.toString()))
            rest = rest.subarray(cut)
          }
          expect(out).toEqual(texts)
        }
      )
    )
  })
})

describe('the configuration', () => {
  const file = (): string => join(folder, 'service.json')
  const read = (text: string, mode = 0o600) => {
    writeFileSync(file(), text)
    chmodSync(file(), mode)
    return readConfig('release', [], linux, file())
  }

  it('of a release comes from the installer’s file and its fixed socket', () => {
    expect(read('{"allowUids":[1001]}')).toEqual({
      ok: true,
      value: {
        socket: '/run/havendesk/service.sock',
        allowed: { uids: [1001], sids: [] },
        shared: true,
        journal: '/var/lib/havendesk/lock-down'
      }
    })
  })

  it('of a release takes no argument', () => {
    writeFileSync(file(), '{"allowUids":[1001]}')
    expect(readConfig('release', ['--socket=/tmp/x'], linux, file()).ok).toBe(false)
  })

  it.each([
    ['not json', /not JSON/],
    ['{"allowUids":["1001"]}', /allowUids\.0/],
    ['{"allowUids":[-1]}', /allowUids\.0/],
    ['{"allow":[1]}', /allow/]
  ])('%s is refused by name', (text, message) => {
    const config = read(text)
    expect(config.ok ? '' : config.error).toMatch(message)
  })

  it('that others can write is not believed', (context) => {
    requires(context, 'linux')
    const config = read('{"allowUids":[1001]}', 0o666)
    expect(config.ok ? '' : config.error).toMatch(/written by others/)
  })

  it('of the other flavours serves its own user at the path it is given', () => {
    expect(readConfig('demo', ['--socket=/tmp/x.sock'], fakePlatform(null))).toEqual({
      ok: true,
      value: {
        socket: '/tmp/x.sock',
        allowed: { uids: [1000], sids: [] },
        shared: false,
        journal: '/tmp/x.sock.lock-down'
      }
    })
    expect(readConfig('demo', [], fakePlatform(null)).ok).toBe(false)
  })
})
