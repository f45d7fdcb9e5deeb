import koffi from 'koffi'
import { err, ok, type Result } from '../../core/result'

const PROCESS_QUERY_LIMITED_INFORMATION = 0x1000
const TOKEN_QUERY = 0x0008
/** TOKEN_INFORMATION_CLASS.TokenUser */
const TOKEN_USER = 1
/** TOKEN_USER begins with a pointer to the identifier and its attributes; the identifier follows in the same buffer. */
const TOKEN_USER_HEADER = 16
const MAX_TOKEN_USER = 256

/** koffi gives a number where it fits and a bigint where it does not. */
type Handle = number | bigint

interface Calls {
  readonly openProcess: (access: number, inherit: boolean, processId: number) => Handle
  readonly openProcessToken: (process: Handle, access: number, token: Handle[]) => boolean
  readonly getTokenInformation: (
    token: Handle,
    kind: number,
    out: Buffer,
    size: number,
    used: number[]
  ) => boolean
  readonly closeHandle: (handle: Handle) => boolean
}
let bound: Calls | null = null

function calls(): Calls {
  if (bound !== null) return bound
  const kernel = koffi.load('kernel32.dll')
  const advapi = koffi.load('advapi32.dll')
  bound = {
    openProcess: kernel.func(
      'intptr_t __stdcall OpenProcess(uint32_t access, bool inherit, uint32_t processId)'
    ) as Calls['openProcess'],
    openProcessToken: advapi.func(
      'bool __stdcall OpenProcessToken(intptr_t process, uint32_t access, _Out_ intptr_t *token)'
    ) as Calls['openProcessToken'],
    getTokenInformation: advapi.func(
      'bool __stdcall GetTokenInformation(intptr_t token, int kind, _Out_ uint8_t *out, uint32_t size, _Out_ uint32_t *used)'
    ) as Calls['getTokenInformation'],
    closeHandle: kernel.func('bool __stdcall CloseHandle(intptr_t handle)') as Calls['closeHandle']
  }
  return bound
}

/** The security identifier of the user that a process runs as. */
export function processUser(processId: number): Result<string, string> {
  try {
    const { openProcess, openProcessToken, getTokenInformation, closeHandle } = calls()
    const process = openProcess(PROCESS_QUERY_LIMITED_INFORMATION, false, processId)
    if (BigInt(process) === 0n) return err('the process cannot be opened')
    const token: Handle[] = [0]
    const opened = openProcessToken(process, TOKEN_QUERY, token)
    closeHandle(process)
    if (!opened || token[0] === undefined) return err('the token of the process cannot be opened')
    const out = Buffer.alloc(MAX_TOKEN_USER)
    const used = [0]
    const read = getTokenInformation(token[0], TOKEN_USER, out, out.length, used)
    closeHandle(token[0])
    if (!read) return err('the user of the token cannot be read')
    return sidText(out.subarray(TOKEN_USER_HEADER, used[0] ?? 0))
  } catch (error) {
    return err(error instanceof Error ? error.message : 'the user of the process cannot be asked')
  }
}

/** Spells a binary security identifier: revision, count, authority (48 bits, big endian), then 32-bit parts. */
export function sidText(sid: Buffer): Result<string, string> {
  const count = sid[1] ?? 0
  if (sid.length < 8 || sid[0] !== 1 || count === 0 || count > 15 || sid.length < 8 + 4 * count) {
    return err('not a security identifier')
  }
  const parts = Array.from({ length: count }, (_, index) => sid.readUInt32LE(8 + 4 * index))
  return ok(`S-1-${sid.readUIntBE(2, 6)}-${parts.join('-')}`)
}
