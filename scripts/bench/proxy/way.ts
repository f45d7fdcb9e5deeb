import { Agent, request as ask, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as SecureAgent, request as askSecurely } from 'node:https'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as secure } from 'node:tls'

/** One way to a site: `get` resolves, once the whole body is there, with its length. */
export interface Way {
  get(path: string): Promise<number>
  close(): void
}

const read = (options: RequestOptions, send: typeof ask): Promise<number> =>
  new Promise((done, fail) => {
    const request = send({ ...options, method: 'GET' }, (response: IncomingMessage) => {
      let bytes = 0
      response.on('data', (chunk: Buffer) => (bytes += chunk.length))
      response.once('error', fail)
      response.once('end', () => {
        if (response.statusCode === 200) done(bytes)
        else fail(new Error(`the answer was ${String(response.statusCode)}`))
      })
    })
    request.once('error', fail)
    request.end()
  })

const agentOptions = { keepAlive: true, maxSockets: 6 } as const // six to a host, as Chromium does

/** Straight to the site, without TLS. */
export function direct(port: number): Way {
  const agent = new Agent(agentOptions)
  return {
    get: (path) => read({ host: '127.0.0.1', port, path, agent }, ask),
    close: () => agent.destroy()
  }
}

/** By the proxy in absolute form, as Chromium asks for a site without TLS. */
export function proxied(port: number, proxy: number): Way {
  const agent = new Agent(agentOptions)
  const host = `127.0.0.1:${String(port)}`
  return {
    get: (path) =>
      read({ host: '127.0.0.1', port: proxy, path: `http://${host}${path}`, headers: { host }, agent }, ask),
    close: () => agent.destroy()
  }
}

/** Straight to the site, with TLS. */
export function directSecure(port: number, ca: string): Way {
  const agent = new SecureAgent(agentOptions)
  return {
    get: (path) => read({ host: '127.0.0.1', port, path, agent, ca } as RequestOptions, askSecurely),
    close: () => agent.destroy()
  }
}

/** By a tunnel through the proxy, with TLS inside, as Chromium asks for a site with TLS. */
export function proxiedSecure(port: number, proxy: number, ca: string): Way {
  const agent = new SecureAgent(agentOptions)
  const host = `127.0.0.1:${String(port)}`
  const tunnel = (done: (error: Error | null, socket?: Duplex) => void): void => {
    const opening = ask({ host: '127.0.0.1', port: proxy, method: 'CONNECT', path: host, headers: { host } })
    opening.once('error', done)
    opening.once('connect', (response: IncomingMessage, socket: Socket) => {
      if (response.statusCode === 200) done(null, secure({ socket, host: '127.0.0.1', ca }))
      else done(new Error(`the proxy answered ${String(response.statusCode)}`))
    })
    opening.end()
  }
  agent.createConnection = (_options, done) => {
    tunnel(done as Parameters<typeof tunnel>[0])
    return undefined
  }
  return {
    get: (path) => read({ host: '127.0.0.1', port, path, agent }, askSecurely),
    close: () => agent.destroy()
  }
}
