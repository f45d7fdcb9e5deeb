import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createSocket } from 'node:dgram'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A real TURN server (coturn) on loopback, reached over UDP alone. */
export interface TurnServer {
  readonly port: number
  readonly user: { readonly username: string; readonly credential: string }
  /** What it says of its allocations and of what went through them. */
  log(): string
  close(): Promise<void>
}

export async function openTurnServer(): Promise<TurnServer> {
  const folder = mkdtempSync(join(tmpdir(), 'hd-turn-'))
  const port = await freePort()
  const settings = [
    `listening-port=${String(port)}`,
    'listening-ip=127.0.0.1',
    'relay-ip=127.0.0.1',
    'no-tcp',
    'no-tls',
    'no-dtls',
    'no-cli',
    'no-multicast-peers',
    // Both ends of the call have their allocation here: peers are addresses of this machine.
    'allow-loopback-peers',
    'lt-cred-mech',
    'realm=calls.example',
    'user=advocate:sample',
    'verbose',
    'log-file=stdout',
    'simple-log',
    `pidfile=${join(folder, 'pid')}`,
    `userdb=${join(folder, 'users.sqlite')}`
  ]
  const file = join(folder, 'turnserver.conf')
  writeFileSync(file, `${settings.join('\n')}\n`)
  const child = spawn('turnserver', ['-c', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += String(bytes)))
  const ended = new Promise<void>((done) => child.once('exit', () => done()))
  const close = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (tries < 50 && child.exitCode === null) continue
    await close()
    throw new Error(`the TURN server does not answer:\n${said}`)
  }
  return { port, user: { username: 'advocate', credential: 'sample' }, log: () => said, close }
}

/** One binding request (RFC 8489) over UDP, and whether it is answered within a tenth of a second. */
async function answers(port: number): Promise<boolean> {
  const socket = createSocket('udp4')
  const request = Buffer.from('000100002112a442000102030405060708090a0b', 'hex')
  try {
    return await new Promise<boolean>((done) => {
      socket.once('message', () => done(true)).once('error', () => done(false))
      socket.send(request, port, '127.0.0.1')
      setTimeout(() => done(false), 100)
    })
  } finally {
    socket.close()
  }
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4')
  await new Promise<void>((ready) => socket.bind(0, '127.0.0.1', ready))
  const { port } = socket.address()
  await new Promise<void>((done) => socket.close(() => done()))
  return port
}
