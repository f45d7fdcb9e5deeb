import type { Socket } from 'node:net'
import koffi from 'koffi'
import { err, ok, type Result } from '../../core/result'
import type { Peer, Platform } from '../contract'
import { linuxChecks } from './checks'
import { tpmFacts } from './checks/tpm'
import { volumesOf } from './checks/volumes'
import { descriptorOf } from './descriptor'
import { preventDumps } from './dumps'
import { firewallProfiles } from './firewall-rules'
import { linuxNetwork } from './network/reader'
import { isOnBattery } from './power-supply'
import { FileHashes } from './programs/hashes'
import { LinuxPrograms, programFiles } from './programs/reader'
import { tpmKeyStore } from './tpm/key-store'
import { TpmTools } from './tpm/tools'
import { linuxLockDown } from './lock-down/lock-down'

const SOL_SOCKET = 1
const SO_PEERCRED = 17
/** struct ucred: pid, uid and gid, 32 bits each. */
const UCRED_BYTES = 12
const UID_OFFSET = 4

/** Asks the kernel who made the connection: SO_PEERCRED is set at connect() and cannot be forged or passed on. */
function peerOf(connection: Socket): Result<Peer, string> {
  const descriptor = descriptorOf(connection)
  if (descriptor === null) return err('the connection has no descriptor')
  const credentials = Buffer.alloc(UCRED_BYTES)
  const length = [UCRED_BYTES]
  try {
    const failed = getsockopt()(descriptor, SOL_SOCKET, SO_PEERCRED, credentials, length)
    if (failed !== 0) return err(`getsockopt SO_PEERCRED failed (errno ${koffi.errno()})`)
  } catch (error) {
    return err(error instanceof Error ? error.message : 'getsockopt cannot be called')
  }
  if (length[0] !== UCRED_BYTES) return err(`getsockopt gave ${String(length[0])} bytes`)
  return ok({ kind: 'user', uid: credentials.readUInt32LE(UID_OFFSET) })
}

type GetSockOpt = (fd: number, level: number, name: number, value: Buffer, length: number[]) => number
let bound: GetSockOpt | null = null

/** Bound on first use, from the C library that Node itself is linked with. */
function getsockopt(): GetSockOpt {
  bound ??= koffi
    .load(null)
    .func(
      'int getsockopt(int fd, int level, int name, _Out_ uint8_t *value, _Inout_ uint32_t *length)'
    ) as GetSockOpt
  return bound
}

const fileHashes = new FileHashes()

export const linux: Platform = {
  name: 'linux',
  serviceSocket: '/run/havendesk/service.sock',
  stateFolder: '/var/lib/havendesk',
  lockDown: linuxLockDown,
  peerOf,
  isOnBattery: () => isOnBattery(),
  network: linuxNetwork,
  ownPeer: () => {
    const uid = process.getuid?.()
    return uid === undefined ? err('this process has no uid') : ok({ kind: 'user', uid })
  },
  preventDumps,
  hardwareKeys: async () => {
    const tools = new TpmTools()
    return (await tools.present()) ? tpmKeyStore(tools) : null
  },
  checks: linuxChecks,
  programs: () => new LinuxPrograms(),
  privileged: {
    firewall: firewallProfiles,
    volumes: volumesOf,
    tpm: tpmFacts,
    programs: (pids, hashes) => programFiles(pids, hashes, fileHashes)
  }
}
