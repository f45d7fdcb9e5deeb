import koffi from 'koffi'

/** A key or provider of CNG. koffi gives a number where it fits and a bigint where it does not. */
export type Handle = number | bigint

/** The part of CNG's key storage (ncrypt.h) that is used; tests bring their own. Every call throws an `NCryptError`. */
export interface NCrypt {
  /** Opens the provider whose keys are in the TPM. */
  openProvider(): Handle
  /** Whether the provider says of itself that it is hardware (NCRYPT_IMPL_TYPE_PROPERTY). */
  isHardware(provider: Handle): boolean
  /** Makes a P-256 key for signing that the provider never exports, under a name, for this user. */
  createKey(provider: Handle, name: string): Handle
  openKey(provider: Handle, name: string): Handle
  /** BCRYPT_ECCPUBLIC_BLOB. */
  exportPublic(key: Handle): Buffer
  /** ECDSA over a digest: r and s of 32 bytes each. */
  signHash(key: Handle, digest: Uint8Array): Buffer
  free(handle: Handle): void
}

/** A call of CNG that failed. The status is an HRESULT. */
export class NCryptError extends Error {
  constructor(call: string, status: number) {
    super(`${call} failed (0x${(status >>> 0).toString(16).padStart(8, '0')})`)
    this.name = 'NCryptError'
  }
}

const PROVIDER = 'Microsoft Platform Crypto Provider'
const ALGORITHM = 'ECDSA_P256'
const PUBLIC_BLOB = 'ECCPUBLICBLOB'
const EXPORT_POLICY = 'Export Policy'
const KEY_USAGE = 'Key Usage'
const IMPLEMENTATION = 'Impl Type'
/** No window asks the person for anything: nobody could tell it from a fraud. */
const SILENT = 0x40
/** NCRYPT_ALLOW_SIGNING_FLAG */
const MAY_SIGN = 2
/** NCRYPT_IMPL_HARDWARE_FLAG */
const IS_HARDWARE = 1
const MAX_BLOB = 1024

type Out = Handle[]
interface Calls {
  readonly open: (out: Out, name: string, flags: number) => number
  readonly create: (
    provider: Handle,
    out: Out,
    algorithm: string,
    name: string,
    spec: number,
    flags: number
  ) => number
  readonly openKey: (provider: Handle, out: Out, name: string, spec: number, flags: number) => number
  readonly set: (object: Handle, property: string, value: Buffer, size: number, flags: number) => number
  readonly get: (
    object: Handle,
    property: string,
    out: Buffer,
    size: number,
    used: number[],
    flags: number
  ) => number
  readonly finalize: (key: Handle, flags: number) => number
  readonly exportKey: (
    key: Handle,
    wrapping: Handle,
    kind: string,
    list: null,
    out: Buffer,
    size: number,
    used: number[],
    flags: number
  ) => number
  readonly sign: (
    key: Handle,
    padding: null,
    digest: Buffer,
    length: number,
    out: Buffer,
    size: number,
    used: number[],
    flags: number
  ) => number
  readonly free: (object: Handle) => number
}

/** The calls as koffi reads them. */
export const prototypes = {
  open: 'int32_t __stdcall NCryptOpenStorageProvider(_Out_ uintptr_t *provider, const char16_t *name, uint32_t flags)',
  create:
    'int32_t __stdcall NCryptCreatePersistedKey(uintptr_t provider, _Out_ uintptr_t *key, const char16_t *algorithm, const char16_t *name, uint32_t spec, uint32_t flags)',
  openKey:
    'int32_t __stdcall NCryptOpenKey(uintptr_t provider, _Out_ uintptr_t *key, const char16_t *name, uint32_t spec, uint32_t flags)',
  set: 'int32_t __stdcall NCryptSetProperty(uintptr_t object, const char16_t *property, const uint8_t *value, uint32_t size, uint32_t flags)',
  get: 'int32_t __stdcall NCryptGetProperty(uintptr_t object, const char16_t *property, _Out_ uint8_t *out, uint32_t size, _Out_ uint32_t *used, uint32_t flags)',
  finalize: 'int32_t __stdcall NCryptFinalizeKey(uintptr_t key, uint32_t flags)',
  exportKey:
    'int32_t __stdcall NCryptExportKey(uintptr_t key, uintptr_t wrapping, const char16_t *kind, void *list, _Out_ uint8_t *out, uint32_t size, _Out_ uint32_t *used, uint32_t flags)',
  sign: 'int32_t __stdcall NCryptSignHash(uintptr_t key, void *padding, const uint8_t *digest, uint32_t length, _Out_ uint8_t *out, uint32_t size, _Out_ uint32_t *used, uint32_t flags)',
  free: 'int32_t __stdcall NCryptFreeObject(uintptr_t object)'
} as const

/** Binds ncrypt.dll. Throws where there is none. */
function bind(): Calls {
  const library = koffi.load('ncrypt.dll')
  return {
    open: library.func(prototypes.open) as Calls['open'],
    create: library.func(prototypes.create) as Calls['create'],
    openKey: library.func(prototypes.openKey) as Calls['openKey'],
    set: library.func(prototypes.set) as Calls['set'],
    get: library.func(prototypes.get) as Calls['get'],
    finalize: library.func(prototypes.finalize) as Calls['finalize'],
    exportKey: library.func(prototypes.exportKey) as Calls['exportKey'],
    sign: library.func(prototypes.sign) as Calls['sign'],
    free: library.func(prototypes.free) as Calls['free']
  }
}

const word = (value: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** CNG of this Windows. Throws where there is no ncrypt.dll. Written from Microsoft's reference, never run on Windows. */
export function bindNCrypt(calls: Calls = bind()): NCrypt {
  const must = (name: string, status: number): void => {
    if (status !== 0) throw new NCryptError(name, status)
  }
  const opened = (name: string, open: (out: Out) => number): Handle => {
    const out: Out = [0]
    must(name, open(out))
    const [handle] = out
    if (handle === undefined || BigInt(handle) === 0n) throw new NCryptError(name, 0)
    return handle
  }
  const set = (key: Handle, property: string, value: number): void =>
    must('NCryptSetProperty', calls.set(key, property, word(value), 4, SILENT))
  return {
    openProvider: () => opened('NCryptOpenStorageProvider', (out) => calls.open(out, PROVIDER, 0)),
    isHardware: (provider) => {
      const out = Buffer.alloc(4)
      must('NCryptGetProperty', calls.get(provider, IMPLEMENTATION, out, out.length, [0], 0))
      return (out.readUInt32LE(0) & IS_HARDWARE) !== 0
    },
    createKey: (provider, name) => {
      const key = opened('NCryptCreatePersistedKey', (out) =>
        calls.create(provider, out, ALGORITHM, name, 0, 0)
      )
      try {
        set(key, EXPORT_POLICY, 0)
        set(key, KEY_USAGE, MAY_SIGN)
        must('NCryptFinalizeKey', calls.finalize(key, SILENT))
        return key
      } catch (error) {
        calls.free(key)
        throw error
      }
    },
    openKey: (provider, name) =>
      opened('NCryptOpenKey', (out) => calls.openKey(provider, out, name, 0, SILENT)),
    exportPublic: (key) => {
      const [out, used] = [Buffer.alloc(MAX_BLOB), [0]]
      must('NCryptExportKey', calls.exportKey(key, 0, PUBLIC_BLOB, null, out, out.length, used, SILENT))
      return out.subarray(0, used[0])
    },
    signHash: (key, digest) => {
      const [out, used] = [Buffer.alloc(MAX_BLOB), [0]]
      const bytes = Buffer.from(digest)
      must('NCryptSignHash', calls.sign(key, null, bytes, bytes.length, out, out.length, used, SILENT))
      return out.subarray(0, used[0])
    },
    free: (handle) => void calls.free(handle)
  }
}
