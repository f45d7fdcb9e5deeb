import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'

/** A real desktop elsewhere: TigerVNC's X server behind websockify, which serves noVNC as well. */
export class RemoteDesktop {
  readonly url: string
  readonly #display: string
  readonly #rfb: number
  readonly #web: number
  #server: ChildProcess | null = null
  #gateway: ChildProcess | null = null

  private constructor(display: number, rfb: number, web: number) {
    this.#display = `:${String(display)}`
    this.#rfb = rfb
    this.#web = web
    this.url = `http://127.0.0.1:${String(web)}/vnc.html?autoconnect=true&reconnect=true&reconnect_delay=500&resize=scale`
  }

  static async start(): Promise<RemoteDesktop> {
    const [rfb, web] = [await freePort(), await freePort()]
    const desktop = new RemoteDesktop(200 + (rfb % 700), rfb, web)
    await desktop.startServer()
    await desktop.startGateway()
    return desktop
  }

  /** Paints the whole remote screen. */
  paint(colour: string): void {
    execFileSync('xsetroot', ['-display', this.#display, '-solid', colour])
  }

  async startServer(): Promise<void> {
    const args = [
      '-rfbport',
      String(this.#rfb),
      '-localhost',
      '-SecurityTypes',
      'None',
      '-geometry',
      '1024x768'
    ]
    this.#server = spawn('Xtigervnc', [this.#display, ...args], { stdio: 'ignore' })
    await listening(this.#rfb)
  }

  async startGateway(): Promise<void> {
    const between = [`127.0.0.1:${String(this.#web)}`, `127.0.0.1:${String(this.#rfb)}`]
    this.#gateway = spawn('websockify', ['--web', '/usr/share/novnc', ...between], { stdio: 'ignore' })
    await listening(this.#web)
  }

  stopServer(): Promise<void> {
    return ended(this.#server)
  }

  /** Websockify has a process for each connection: they end with the server behind them. */
  async stop(): Promise<void> {
    await ended(this.#server)
    await ended(this.#gateway)
  }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

async function listening(port: number): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const socket = connect(port, '127.0.0.1')
    const isThere = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false)
    ]).catch(() => false)
    socket.destroy()
    if (isThere) return
    await new Promise((next) => setTimeout(next, 50))
  }
  throw new Error(`nothing listens at ${String(port)} after 10 s`)
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (child === null || child.exitCode !== null || child.signalCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}
