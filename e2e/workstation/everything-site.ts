import { createServer as createHttp, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { createSocket } from 'node:dgram'

/** A site that tries every way a page has to reach a place: its own to show that the way is one, and then another. */
export interface EverythingSite {
  readonly url: string
  /** Names of the ways by which something arrived at the site itself. */
  readonly arrived: ReadonlySet<string>
  close(): Promise<void>
}

const worker = `
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))
self.addEventListener('message', ({ data: to }) => {
  fetch(to + 'worker-fetch', { mode: 'no-cors' }).catch(() => undefined)
  new WebSocket(to.replace('http', 'ws') + 'worker-socket')
})`

export async function openEverythingSite(): Promise<EverythingSite> {
  const arrived = new Set<string>()
  const note = (url = ''): void => {
    const name = /^\/t\/([a-z-]+)/.exec(url)?.[1]
    if (name !== undefined) arrived.add(name)
  }
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://site')
    note(pathname)
    const to = searchParams.get('to') ?? ''
    if (pathname === '/redirect') response.writeHead(302, { location: to }).end()
    else if (pathname === '/sw.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(worker)
    else if (pathname === '/headers') {
      const link = `<${to}link-header>; rel=preload; as=image, <${to}>; rel=preconnect`
      const policy = `default-src 'self'; report-uri ${to}policy-report`
      const headers = { link, refresh: `0; url=${to}refresh-header`, 'content-security-policy': policy }
      response.writeHead(200, { 'content-type': 'text/html', ...headers })
      response.end('<!doctype html><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">')
    } else if (pathname === '/refresh') {
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end(`<!doctype html><meta http-equiv="refresh" content="0; url=${to}meta-refresh">`)
    } else {
      response.writeHead(200, { 'content-type': pathname === '/t/style' ? 'text/css' : 'text/html' })
      response.end(
        '<!doctype html><html lang="en"><title>Everything</title><h1>Sample Member 0042</h1></html>'
      )
    }
  }
  const server = createHttp(answer)
  server.on('upgrade', (request, socket) => {
    note(request.url)
    socket.destroy()
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`,
    arrived,
    close: () =>
      new Promise((done) => {
        server.closeAllConnections()
        server.close(() => done())
      })
  }
}

/** Listeners outside the list, on TCP over both families and on UDP. They count what reaches them and answer nothing. */
export interface Outside {
  readonly port: number
  /** Connections that were opened, and bytes that came by them and by datagrams. */
  readonly counts: { connections: number; bytes: number }
  close(): Promise<void>
}

export async function openOutside(): Promise<Outside> {
  const counts = { connections: 0, bytes: 0 }
  const listen = async (host: string, port: number): Promise<Server> => {
    const server = createTcp((socket) => {
      counts.connections += 1
      socket.on('data', (chunk) => (counts.bytes += chunk.length)).on('error', () => socket.destroy())
    })
    await new Promise<void>((ready, fail) => server.once('error', fail).listen(port, host, ready))
    return server
  }
  const four = await listen('127.0.0.1', 0)
  const { port } = four.address() as AddressInfo
  const six = await listen('::1', port).catch(() => null) // a machine without IPv6
  const datagrams = createSocket('udp4')
  datagrams.on('message', (message) => (counts.bytes += message.length))
  await new Promise<void>((ready) => datagrams.bind(port, '127.0.0.1', ready))
  const ends = [four, ...(six === null ? [] : [six])]
  return {
    port,
    counts,
    close: async () => {
      datagrams.close()
      for (const server of ends) await new Promise((done) => server.close(done))
    }
  }
}

/** Runs in the page: every way to reach `to`, which ends with a slash. `stun` is the host and port of `to`. */
export async function tryEverything({ to, stun }: { to: string; stun: string }): Promise<void> {
  const wait = (ms: number): Promise<void> => new Promise((next) => setTimeout(next, ms))
  const attempt = (act: () => unknown): void => {
    try {
      void Promise.resolve(act()).catch(() => undefined)
    } catch {
      // Refused at once: what counts is what arrives.
    }
  }
  const add = <K extends keyof HTMLElementTagNameMap>(
    tag: K,
    fields: Partial<HTMLElementTagNameMap[K]>
  ): void => {
    document.body.append(Object.assign(document.createElement(tag), fields))
  }
  const redirect = (name: string): string => `/redirect?to=${encodeURIComponent(to + name)}`
  attempt(() => fetch(`${to}fetch`, { mode: 'no-cors' }))
  attempt(() => fetch(redirect('fetch-redirect'), { mode: 'no-cors' }))
  attempt(() => {
    const request = new XMLHttpRequest()
    request.open('POST', `${to}xhr`)
    request.send('x')
  })
  attempt(() => navigator.sendBeacon(`${to}beacon`, 'x'))
  attempt(() => new WebSocket(`${to.replace('http', 'ws')}socket`))
  attempt(() => new EventSource(`${to}events`))
  attempt(() => import(/* @vite-ignore */ `${to}module`))
  attempt(() => new Worker(`${to}worker`))
  attempt(
    () =>
      new Worker(URL.createObjectURL(new Blob([`importScripts(${JSON.stringify(`${to}import-scripts`)})`])))
  )
  attempt(() => new Audio(`${to}audio`).play())
  attempt(() => new FontFace('x', `url(${to}font)`).load())
  attempt(() => window.open(`${to}window`))
  add('img', { src: `${to}image` })
  add('img', { src: redirect('image-redirect') })
  add('script', { src: `${to}script` })
  add('video', { src: `${to}video`, autoplay: true, muted: true })
  add('object', { data: `${to}object` })
  add('embed', { src: `${to}embed` })
  add('iframe', { src: `${to}frame` })
  add('iframe', { src: redirect('frame-redirect') })
  add('iframe', { src: `/refresh?to=${encodeURIComponent(to)}` })
  add('iframe', { src: `/headers?to=${encodeURIComponent(to)}` })
  add('iframe', {
    srcdoc: `<meta http-equiv="refresh" content="0; url=${to}srcdoc-refresh"><img src="${to}srcdoc-image">`
  })
  add('style', { textContent: `@import url(${to}style); body { background: url(${to}background) }` })
  for (const rel of [
    'prefetch',
    'preload',
    'preconnect',
    'dns-prefetch',
    'modulepreload',
    'icon',
    'stylesheet',
    'manifest'
  ])
    add('link', { rel, href: `${to}link-${rel}`, ...(rel === 'preload' ? { as: 'image' } : {}) })
  add('iframe', { name: 'inner' })
  const form = Object.assign(document.createElement('form'), {
    action: `${to}form`,
    method: 'post',
    target: 'inner'
  })
  document.body.append(form)
  attempt(() => form.submit())
  add('iframe', { name: 'pinged' })
  const link = Object.assign(document.createElement('a'), { href: '/#', ping: `${to}ping`, target: 'pinged' })
  document.body.append(link)
  attempt(() => link.click())
  attempt(async () => {
    const urls = [`stun:${stun}`, `turn:${stun}?transport=udp`, `turn:${stun}?transport=tcp`]
    const peer = new RTCPeerConnection({
      iceServers: urls.map((url) => ({ urls: url, username: 'u', credential: 'c' }))
    })
    peer.createDataChannel('x')
    await peer.setLocalDescription(await peer.createOffer())
  })
  attempt(async () => {
    await navigator.serviceWorker.register('/sw.js')
    const { active } = await navigator.serviceWorker.ready
    active?.postMessage(to)
  })
  await wait(2500)
}
