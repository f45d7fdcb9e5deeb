import type { Socket } from 'node:net'
import { err, ok, type Result } from '../../core/result'
import type { Peer, Platform } from '../contract'
import { win32Checks } from './checks'
import { win32Network } from './network/reader'
import { openPlatformCrypto } from './platform-crypto/key-store'
import { bindNCrypt } from './platform-crypto/ncrypt'
import { privileged } from './privileged'
import { programFiles, win32Programs } from './programs/reader'
import { processUser } from './process-user'
import { pipeClient } from './pipe-client'
import { win32LockDown } from './lock-down'

// Written from Microsoft's reference; it has not been run on Windows.

/** Asks the kernel for the process at the other end of the pipe, then for the user of its token. */
function peerOf(connection: Socket): Result<Peer, string> {
  const client = pipeClient(connection)
  return client.ok ? userOf(client.value) : client
}

function userOf(processId: number): Result<Peer, string> {
  const sid = processUser(processId)
  return sid.ok ? ok({ kind: 'sid', sid: sid.value }) : err(sid.error)
}

export const win32: Platform = {
  name: 'win32',
  serviceSocket: '\\\\.\\pipe\\havendesk-service',
  stateFolder: 'C:\\ProgramData\\Havendesk\\state',
  lockDown: win32LockDown,
  peerOf,
  ownPeer: () => userOf(process.pid),
  // What Windows Error Reporting keeps is the machine's setting: IT's to turn off.
  preventDumps: () => [],
  network: win32Network,
  hardwareKeys: () => Promise.resolve(openPlatformCrypto(() => bindNCrypt())),
  programs: () => win32Programs(),
  checks: win32Checks,
  privileged: { ...privileged, programs: (pids, hashes) => programFiles(pids, hashes) }
}
