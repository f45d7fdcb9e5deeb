import type { Socket } from 'node:net'
import koffi from 'koffi'
import { err, ok, type Result } from '../../core/result'
import type { Peer, Platform } from '../contract'
import { darwinChecks } from './checks'
import { privileged } from './privileged'
import { descriptorOf } from './descriptor'
import { darwinNetwork } from './network/reader'
import { darwinPrograms } from './programs/reader'
import { darwinLockDown } from './lock-down'

// Written from Apple's manual pages; it has not been run on a Mac.

/** Asks the kernel for the effective user of the process that connected. */
function peerOf(connection: Socket): Result<Peer, string> {
  const descriptor = descriptorOf(connection)
  if (descriptor === null) return err('the connection has no descriptor')
  const uid = [0]
  const gid = [0]
  try {
    if (getpeereid()(descriptor, uid, gid) !== 0) return err(`getpeereid failed (errno ${koffi.errno()})`)
  } catch (error) {
    return err(error instanceof Error ? error.message : 'getpeereid cannot be called')
  }
  return uid[0] === undefined ? err('getpeereid gave no uid') : ok({ kind: 'user', uid: uid[0] })
}

type GetPeerEid = (fd: number, uid: number[], gid: number[]) => number
let bound: GetPeerEid | null = null

function getpeereid(): GetPeerEid {
  bound ??= koffi
    .load('/usr/lib/libSystem.B.dylib')
    .func('int getpeereid(int fd, _Out_ uint32_t *uid, _Out_ uint32_t *gid)') as GetPeerEid
  return bound
}

export const darwin: Platform = {
  name: 'darwin',
  serviceSocket: '/var/run/havendesk/service.sock',
  stateFolder: '/Library/Application Support/Havendesk/state',
  lockDown: darwinLockDown,
  peerOf,
  ownPeer: () => {
    const uid = process.getuid?.()
    return uid === undefined ? err('this process has no uid') : ok({ kind: 'user', uid })
  },
  // Nothing is asked of macOS yet: its core files are off unless IT turns them on.
  preventDumps: () => [],
  network: darwinNetwork,
  // The Secure Enclave is not used yet: keys are in the keychain.
  hardwareKeys: () => Promise.resolve(null),
  programs: () => darwinPrograms(),
  checks: darwinChecks,
  privileged
}
