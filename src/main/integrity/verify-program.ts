import { readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { ProgramVerdict } from '../../core/integrity/alteration'
import {
  MANIFEST_NAME,
  MAX_PROGRAM_MANIFEST_BYTES,
  openProgramManifest,
  type ProgramManifest
} from '../../core/integrity/manifest'
import type { Flavour } from '../../core/flavour'
import { err, ok, type Result } from '../../core/result'
import type { SigningKey } from '../../core/trust/signed'
import type { Device } from '../../device/contract'
import { verifyEd25519 } from '../policy/verify'

export interface VerifyOptions {
  /** The program's archive, `…/resources/app.asar`. */
  readonly archive: string
  readonly key: SigningKey
  readonly flavour: Flavour
  readonly device: Pick<Device, 'inspectProgram'>
  /** Awaited between pieces of files. */
  readonly pause: () => Promise<void>
}

/** Holds the whole program against its signed list. Never rejects: what cannot be checked is not whole. */
export async function verifyProgram(options: VerifyOptions): Promise<ProgramVerdict> {
  const { archive, key, flavour, device, pause } = options
  const manifest = readManifest(join(dirname(archive), MANIFEST_NAME), key, flavour)
  if (!manifest.ok) return unverifiable(manifest.error)
  try {
    const [first, ...others] = await device.inspectProgram(archive, manifest.value, pause)
    if (first !== undefined) return { kind: 'altered', alterations: [first, ...others] }
    return { kind: 'whole', files: manifest.value.files.length }
  } catch (error) {
    return unverifiable(`the program’s files cannot be read: ${messageOf(error)}`)
  }
}

function readManifest(path: string, key: SigningKey, flavour: Flavour): Result<ProgramManifest, string> {
  const opened = openProgramManifest(documentAt(path), key, verifyEd25519)
  if (!opened.ok) {
    const { error } = opened
    const what = error.kind === 'unreadable' ? `unreadable ${error.field}: ${error.problem}` : error.problem
    return err(`${MANIFEST_NAME}: ${what}`)
  }
  if (opened.value.flavour !== flavour) return err(`${MANIFEST_NAME}: of flavour ${opened.value.flavour}`)
  return ok(opened.value)
}

/** What stands in the file; what is missing, too large or no JSON is `null`, which no schema takes. */
function documentAt(path: string): unknown {
  try {
    if (statSync(path).size > 2 * MAX_PROGRAM_MANIFEST_BYTES) return null
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return null
  }
}

const unverifiable = (problem: string): ProgramVerdict => ({
  kind: 'unverifiable',
  problem: problem.slice(0, 180)
})
const messageOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown')
