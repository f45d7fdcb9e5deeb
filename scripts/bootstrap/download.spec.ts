import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { download, UnavailableError } from './download.mjs'
import { createReport } from './report.mjs'

const content = Buffer.from('the runtime, byte for byte')
const pin = createHash('sha256').update(content).digest('hex')
const lines: string[] = []
const report = createReport({ stream: { write: (text: string) => lines.push(text) } })
const servers: Server[] = []
let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hd-download-'))
  lines.length = 0
})
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
  rmSync(folder, { recursive: true })
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/runtime.zip`
}

const get = (url: string, expected = pin, stallMs = 1000) =>
  download({ url, to: join(folder, 'runtime.zip'), pin: expected, name: 'runtime.zip', report, stallMs })

it('keeps a file whose hash is the pinned one, and shows what arrived', async () => {
  const url = await serve((_, response) => response.end(content))
  await get(url)
  expect(readFileSync(join(folder, 'runtime.zip'))).toEqual(content)
  expect(lines.join('')).toContain('runtime.zip: 0.0 MB')
})

it('stops at a wrong hash, names the file and both hashes, and leaves nothing to be used', async () => {
  const url = await serve((_, response) => response.end('tampered with'))
  const tampered = createHash('sha256').update('tampered with').digest('hex')
  const failure = await get(url).catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(Error)
  // Not "unavailable": a wrong hash must never lead to another source being tried quietly.
  expect(failure).not.toBeInstanceOf(UnavailableError)
  const { message } = failure as Error
  expect(message).toContain('runtime.zip')
  expect(message).toContain(pin)
  expect(message).toContain(tampered)
  expect(readdirSync(folder)).toEqual([])
})

it('gives up a server that accepts and then says nothing', async () => {
  const url = await serve(() => undefined)
  const started = Date.now()
  await expect(get(url, pin, 200)).rejects.toThrow(UnavailableError)
  expect(Date.now() - started).toBeLessThan(5000)
})

it('gives up a server that stalls in the middle of the file', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': String(content.length) })
    response.write(content.subarray(0, 5))
  })
  await expect(get(url)).rejects.toThrow('no byte for 1 s')
  expect(existsSync(join(folder, 'runtime.zip'))).toBe(false)
})

it('does not give up a server that is slow but delivers', async () => {
  const url = await serve((_, response) => {
    response.writeHead(200, { 'content-length': String(content.length) })
    let sent = 0
    const timer = setInterval(() => {
      response.write(content.subarray(sent, sent + 5))
      sent += 5
      if (sent < content.length) return
      clearInterval(timer)
      response.end()
    }, 250)
  })
  await get(url)
  expect(readFileSync(join(folder, 'runtime.zip'))).toEqual(content)
})

it('follows the redirect a release page answers with', async () => {
  const target = await serve((_, response) => response.end(content))
  const url = await serve((_, response) => response.writeHead(302, { location: target }).end())
  await get(url)
  expect(existsSync(join(folder, 'runtime.zip'))).toBe(true)
})

it('calls a refusal, a cut connection and a closed port unavailable', async () => {
  const refusing = await serve((_, response) => response.writeHead(404).end())
  await expect(get(refusing)).rejects.toThrow('answered 404')
  const cutting = await serve((_, response) => {
    response.writeHead(200, { 'content-length': '1000' })
    response.write('x', () => response.destroy())
  })
  await expect(get(cutting)).rejects.toThrow(UnavailableError)
  servers.at(-1)?.close()
  await expect(get('http://127.0.0.1:1/runtime.zip')).rejects.toThrow(UnavailableError)
})
