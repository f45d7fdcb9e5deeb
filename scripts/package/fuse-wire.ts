import type { DecidedFuse } from './fuses'

/** Stands before the wire in every binary of Electron; so the wire is found without running anything. */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')

export type FuseState = 'on' | 'off' | 'removed'

/** One wire: a universal binary has one for each processor. */
export interface FuseWire {
  readonly version: number
  readonly states: readonly FuseState[]
}

const stateOf: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' }

/** Reads every wire of a binary. Throws when there is none, or when one is not as Electron writes it. */
export function readFuseWires(binary: Uint8Array): readonly FuseWire[] {
  const bytes = Buffer.from(binary.buffer, binary.byteOffset, binary.byteLength)
  const wires: FuseWire[] = []
  for (let at = bytes.indexOf(SENTINEL); at !== -1; at = bytes.indexOf(SENTINEL, at + 1)) {
    const start = at + SENTINEL.length
    const length = bytes[start + 1] ?? 0
    const states = [...bytes.subarray(start + 2, start + 2 + length)].map((byte) => {
      const state = stateOf[String.fromCharCode(byte)]
      if (state === undefined)
        throw new Error(`a fuse holds the byte ${String(byte)}: this is no wire of Electron`)
      return state
    })
    wires.push({ version: bytes[start] ?? 0, states })
  }
  if (wires.length === 0) throw new Error('the binary has no fuses: is it the runtime?')
  return wires
}

/** What of a binary's fuses is not as decided; empty when all are. `major` is the runtime's version. */
export function fuseProblems(
  wires: readonly FuseWire[],
  decided: readonly DecidedFuse[],
  major: number
): readonly string[] {
  return wires.flatMap(({ version, states }) => {
    const unknown = states
      .slice(decided.length)
      .map(
        (_, at) => `fuse ${String(decided.length + at)} is not decided: add it to scripts/package/fuses.ts`
      )
    const wrong = decided.flatMap(({ name, on, since }, at) => {
      const state = states[at]
      if (state === undefined) return since <= major ? [`${name} is missing`] : []
      return state === (on ? 'on' : 'off') ? [] : [`${name} is ${state}, must be ${on ? 'on' : 'off'}`]
    })
    return [...(version === 1 ? [] : [`wire of version ${String(version)}`]), ...wrong, ...unknown]
  })
}
