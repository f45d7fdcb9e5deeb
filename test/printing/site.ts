import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A site of which one page, and one picture, print as soon as they are there. */
export async function openPrintingSite(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer(({ url }, response) => {
    const isPicture = url === '/picture.svg'
    response.setHeader('content-type', isPicture ? 'image/svg+xml' : 'text/html')
    if (isPicture) response.end('<svg xmlns="http://www.w3.org/2000/svg"><script>print()</script></svg>')
    else
      response.end(
        `<!doctype html><title>Records</title><h1>Member</h1>${url === '/prints' ? '<script>print()</script>' : ''}`
      )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}
