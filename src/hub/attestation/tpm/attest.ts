import { verify, type KeyObject } from 'node:crypto'
import { TpmFormatError, TpmReader } from './reader'

const GENERATED = 0xff544347
const ST_CERTIFY = 0x8017
const ST_QUOTE = 0x8018
const ALG_SHA256 = 0x000b
/** clockInfo (clock, resetCount, restartCount, safe) and firmwareVersion: not needed here. */
const CLOCK_AND_FIRMWARE = 8 + 4 + 4 + 1 + 8

/** PCR 0 to 7 of the SHA-256 bank: firmware, its settings, the boot loader and the state of secure boot. */
const PCR_SELECT = Buffer.from([0xff, 0x00, 0x00])
export const PCR_BYTES = 8 * 32

/** What a TPM attested: `extraData` is what the asker gave it to say. */
export type Attested =
  | { readonly kind: 'certify'; readonly extraData: Buffer; readonly name: Buffer }
  | { readonly kind: 'quote'; readonly extraData: Buffer; readonly pcrDigest: Buffer }

/** Reads TPMS_ATTEST (Part 2, 10.12): of a certify, or of a quote over exactly the PCRs above. */
export function readAttest(bytes: Buffer): Attested {
  const reader = new TpmReader(bytes)
  // The TPM puts this before all it makes, and its restricted keys sign nothing else that begins so.
  if (reader.u32() !== GENERATED) throw new TpmFormatError('it was not made by a TPM')
  const type = reader.u16()
  reader.sized() // qualifiedSigner
  const extraData = reader.sized()
  reader.take(CLOCK_AND_FIRMWARE)
  if (type === ST_CERTIFY) {
    const name = reader.sized()
    reader.sized() // qualifiedName
    reader.end()
    return { kind: 'certify', extraData, name }
  }
  if (type !== ST_QUOTE) throw new TpmFormatError(`it is of type 0x${type.toString(16)}`)
  if (reader.u32() !== 1 || reader.u16() !== ALG_SHA256) {
    throw new TpmFormatError('it is not over the SHA-256 bank alone')
  }
  if (!reader.take(reader.u8()).equals(PCR_SELECT)) throw new TpmFormatError('it is not over PCR 0 to 7')
  const pcrDigest = reader.sized()
  reader.end()
  return { kind: 'quote', extraData, pcrDigest }
}

/** ECDSA with SHA-256, r and s of 32 bytes each. */
export const isSignedBy = (key: KeyObject, attest: Buffer, signature: Buffer): boolean =>
  signature.length === 64 && verify('sha256', attest, { key, dsaEncoding: 'ieee-p1363' }, signature)
