import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A workspace that pulls a steady stream through the proxy, as a softphone and a busy record would together. */
export interface BusySite {
  readonly origin: string
  /** Bytes that were sent so far. */
  sent(): number
  close(): void
}

const page = `<!doctype html><title>Sample load</title><body style="background:#fff"><h1>Sample load</h1>
<script>
  const pull = async () => {
    for (;;) {
      const reader = (await fetch('/stream')).body.getReader()
      while (!(await reader.read()).done);
    }
  }
  pull()
</script>`

const PIECE = Buffer.alloc(64 * 1024, 1)

/** Serves a page that downloads without end at the given rate, megabits per second. */
export async function startBusySite(megabits: number): Promise<BusySite> {
  let sent = 0
  const everyMs = (PIECE.length * 8) / (megabits * 1000)
  const stream = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    const start = performance.now()
    let pieces = 0
    const timer = setInterval(() => {
      // Catches up after a late timer, so that the rate holds on average.
      while (pieces * everyMs < performance.now() - start && response.writableLength < 4 * PIECE.length) {
        response.write(PIECE)
        pieces += 1
        sent += PIECE.length
      }
    }, everyMs)
    response.once('close', () => clearInterval(timer))
  }
  const server = createServer((request, response) => {
    if (request.url === '/stream') stream(response)
    else response.writeHead(200, { 'content-type': 'text/html' }).end(page)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    origin: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    sent: () => sent,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}
