import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Server } from 'node:net'

/**
 * A site in a process of its own, with and without TLS. `/bytes/N` answers with N bytes, all else with an empty page. It is
 * told its certificate, and tells the ports that it listens on.
 */
const CHUNK = Buffer.alloc(64 * 1024, 'havendesk ')

const answer: RequestListener = (request, response) => {
  const asked = /^\/bytes\/(\d{1,12})$/.exec(request.url ?? '')?.[1]
  let left = Number(asked ?? 0)
  const type = asked === undefined ? 'text/html' : 'application/octet-stream'
  response.writeHead(200, { 'content-type': type, 'content-length': left })
  const more = (): void => {
    while (left > 0) {
      const part = left >= CHUNK.length ? CHUNK : CHUNK.subarray(0, left)
      left -= part.length
      if (!response.write(part) && left > 0) {
        response.once('drain', more)
        return
      }
    }
    response.end()
  }
  more()
}

const listen = async (server: Server): Promise<number> => {
  await new Promise<void>((ready, fail) => server.once('error', fail).listen(0, '127.0.0.1', ready))
  return (server.address() as AddressInfo).port
}

/** PEM. */
interface Certificate {
  readonly key: string
  readonly cert: string
}

process.once('message', (certificate: Certificate) => {
  const open = async (): Promise<void> => {
    const http = await listen(createServer({ noDelay: true }, answer))
    const https = await listen(createSecureServer({ ...certificate, noDelay: true }, answer))
    process.send?.({ http, https })
  }
  void open()
})
process.once('disconnect', () => process.exit(0))
