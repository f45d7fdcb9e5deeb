import type { Socket } from 'node:net'
import koffi from 'koffi'
import { err, ok, type Result } from '../../core/result'

type GetClientProcessId = (pipe: bigint, processId: number[]) => boolean
let bound: GetClientProcessId | null = null

/** The process id of a named pipe's client. */
export function pipeClient(connection: Socket): Result<number, string> {
  const handle = pipeHandle(connection)
  if (handle === null) return err('this runtime does not show the handle of the pipe')
  const processId = [0]
  try {
    bound ??= koffi
      .load('kernel32.dll')
      .func(
        'bool __stdcall GetNamedPipeClientProcessId(intptr_t pipe, _Out_ uint32_t *processId)'
      ) as GetClientProcessId
    if (!bound(handle, processId)) return err('GetNamedPipeClientProcessId failed')
  } catch (error) {
    return err(error instanceof Error ? error.message : 'GetNamedPipeClientProcessId cannot be called')
  }
  const [id] = processId
  return id === undefined || id === 0 ? err('the pipe has no client process') : ok(id)
}

/**
 * Node shows a pipe's descriptor where the system has one. On Windows it is absent or negative in the versions known
 * to us: the peer then stays unknown and the service refuses, which is the safe side.
 */
function pipeHandle(connection: Socket): bigint | null {
  const handle: unknown = Reflect.get(connection, '_handle')
  if (typeof handle !== 'object' || handle === null) return null
  const descriptor: unknown = Reflect.get(handle, 'fd')
  return typeof descriptor === 'number' && descriptor > 0 ? BigInt(descriptor) : null
}
