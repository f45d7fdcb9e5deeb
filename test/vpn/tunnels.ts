import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { until, type Rig, type Side } from './rig'

const ADDRESS = { a: '10.78.0.1', b: '10.78.0.2' } as const

/** A real WireGuard tunnel (wireguard-go) that carries everything of the desk. Gives the far end's public key. */
export async function wireguard(rig: Rig): Promise<string> {
  const keys = { a: keyPair(), b: keyPair() }
  for (const side of ['a', 'b'] as const) {
    rig.start(side, 'wireguard-go', '-f', `wg${side}0`)
    await until(() => works(rig, side, 'ip', 'link', 'show', `wg${side}0`), `wg${side}0 is made`)
  }
  // The far end first: the desk's first handshake would wait five seconds otherwise.
  const setUp = (side: Side, ...peer: readonly string[]): void => {
    const file = rig.file(`${side}.key`, keys[side].secret)
    const listen = side === 'b' ? ['listen-port', '51820'] : []
    rig.run(side, 'wg', 'set', `wg${side}0`, 'private-key', file, ...listen, 'peer', ...peer)
    rig.run(side, 'ip', 'addr', 'add', `${ADDRESS[side]}/24`, 'dev', `wg${side}0`)
    rig.run(
      side,
      'ip',
      'addr',
      'add',
      side === 'a' ? 'fd78::1/64' : 'fd78::2/64',
      'dev',
      `wg${side}0`,
      'nodad'
    )
    rig.run(side, 'ip', 'link', 'set', `wg${side}0`, 'up')
  }
  setUp('b', keys.a.open, 'allowed-ips', '10.78.0.1/32,fd78::1/128')
  setUp('a', keys.b.open, 'allowed-ips', '0.0.0.0/0,::/0', 'endpoint', '10.77.0.2:51820')
  allThrough(rig, 'wga0')
  return keys.b.open
}

/** A real OpenVPN tunnel with TLS, each end knowing the other's certificate, that carries everything of the desk. */
export async function openvpn(rig: Rig): Promise<void> {
  const server = certificate(rig, 'server')
  const client = certificate(rig, 'client')
  const common = ['--proto', 'udp', '--verb', '3', '--data-ciphers', 'AES-256-GCM', '--topology', 'subnet']
  const own = (one: Certificate, other: Certificate): readonly string[] => [
    '--cert',
    one.cert,
    '--key',
    one.key,
    '--peer-fingerprint',
    other.fingerprint
  ]
  const serve = ['--server', '10.78.0.0', '255.255.255.0', '--dh', 'none', '--keepalive', '1', '10']
  rig.start(
    'b',
    'openvpn',
    '--dev',
    'tun8',
    '--port',
    '1194',
    '--tls-server',
    ...serve,
    ...common,
    ...own(server, client)
  )
  await until(() => works(rig, 'b', 'ip', 'link', 'show', 'tun8'), 'the far end listens')
  const dial = ['--client', '--remote', '10.77.0.2', '1194', '--nobind', '--keepalive', '1', '60']
  rig.start('a', 'openvpn', '--dev', 'tun9', ...dial, ...common, ...own(client, server))
  const dialled = (): boolean => rig.run('a', 'ip', '-br', 'addr').includes('10.78.0.')
  await until(dialled, 'the tunnel is up', 20_000)
  rig.run('a', 'ip', 'addr', 'add', 'fd78::1/64', 'dev', 'tun9', 'nodad')
  allThrough(rig, 'tun9')
}

/** The desk's default routes lead into the tunnel. */
function allThrough(rig: Rig, name: string): void {
  rig.run('a', 'ip', 'route', 'add', 'default', 'dev', name)
  rig.run('a', 'ip', '-6', 'route', 'add', 'default', 'dev', name)
}

const works = (rig: Rig, side: Side, ...command: readonly string[]): boolean => {
  try {
    rig.run(side, ...command)
    return true
  } catch {
    return false // not yet
  }
}

function keyPair(): { readonly secret: string; readonly open: string } {
  const secret = spawnSync('wg', ['genkey'], { encoding: 'utf8' }).stdout
  return { secret, open: spawnSync('wg', ['pubkey'], { encoding: 'utf8', input: secret }).stdout.trim() }
}

interface Certificate {
  readonly cert: string
  readonly key: string
  readonly fingerprint: string
}

function certificate(rig: Rig, name: string): Certificate {
  const [cert, key] = [join(rig.folder, `${name}.pem`), join(rig.folder, `${name}.key`)]
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1']
  const made = [
    'req',
    '-x509',
    ...curve,
    '-nodes',
    '-days',
    '2',
    '-subj',
    `/CN=${name}`,
    '-keyout',
    key,
    '-out',
    cert
  ]
  const done = spawnSync('openssl', made, { encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
  const said = spawnSync('openssl', ['x509', '-in', cert, '-noout', '-fingerprint', '-sha256'], {
    encoding: 'utf8'
  })
  return { cert, key, fingerprint: said.stdout.trim().split('=')[1] ?? '' }
}
