import type { Configuration } from 'electron-builder'
import type { Flavour } from '../../src/core/flavour'

/** One fuse of Electron (build/fuses/fuses.json5), in the order of the wire, with what we decided and why. */
export interface DecidedFuse {
  readonly name: string
  readonly on: boolean
  readonly why: string
  /** First major version of Electron that has it. */
  readonly since: number
}

/** Every fuse that Electron has: nothing is left at its default by silence. */
export const decidedFuses = (flavour: Flavour): readonly DecidedFuse[] => [
  { name: 'runAsNode', on: false, since: 12, why: 'the signed binary is no interpreter for anybody' },
  {
    name: 'enableCookieEncryption',
    on: true,
    since: 14,
    why: 'cookies of the workspace are not in clear on disk'
  },
  {
    name: 'enableNodeOptionsEnvironmentVariable',
    on: false,
    since: 14,
    why: 'no variable loads code or adds an authority'
  },
  {
    name: 'enableNodeCliInspectArguments',
    // The driver of the end-to-end tests connects here; the hub of a real organisation refuses that flavour.
    on: flavour === 'test',
    since: 14,
    why: 'nobody attaches a debugger'
  },
  {
    name: 'enableEmbeddedAsarIntegrityValidation',
    on: true,
    since: 16,
    why: 'Windows and macOS check the archive; Linux ignores it, and our own list does it there'
  },
  { name: 'onlyLoadAppFromAsar', on: true, since: 16, why: 'no folder takes the archive’s place' },
  {
    name: 'loadBrowserProcessSpecificV8Snapshot',
    on: false,
    since: 20,
    why: 'no snapshot of its own is shipped for main'
  },
  { name: 'grantFileProtocolExtraPrivileges', on: false, since: 29, why: 'no page comes from file:' },
  {
    name: 'wasmTrapHandlers',
    on: true,
    since: 38,
    why: 'bounds of WebAssembly stay with the processor: checks in code are slower for the detector, not safer'
  }
]

type BuilderFuses = NonNullable<Configuration['electronFuses']>

/** The fuses that the packager can set, by its names for them; it does not know the newest, which must be right already. */
export function builderFuses(flavour: Flavour): BuilderFuses {
  const known = decidedFuses(flavour).filter(({ name }) => name !== 'wasmTrapHandlers')
  return Object.fromEntries(known.map(({ name, on }) => [name, on]))
}
