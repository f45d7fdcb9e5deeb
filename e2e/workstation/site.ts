import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A small site of its own origin that counts what reaches it. */
export interface Site {
  readonly url: string
  readonly asked: readonly string[]
  close(): Promise<void>
}

export async function openSite(body = '<h1>Sample Member 0042</h1>'): Promise<Site> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.setHeader('content-type', 'text/html')
    response.end(`<!doctype html><html lang="en"><title>Member records</title><body>${body}</body></html>`)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${String(port)}/`,
    asked,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      })
  }
}
