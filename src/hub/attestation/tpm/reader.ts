/** The bytes are no structure of the kind that was expected. */
export class TpmFormatError extends Error {}

/** Reads the TPM's wire format (big endian, TPM 2.0 Library Part 2) and never beyond the end. */
export class TpmReader {
  #at = 0
  constructor(private readonly bytes: Buffer) {}

  u8(): number {
    return this.#take(1).readUInt8()
  }
  u16(): number {
    return this.#take(2).readUInt16BE()
  }
  u32(): number {
    return this.#take(4).readUInt32BE()
  }
  take(length: number): Buffer {
    return this.#take(length)
  }
  /** A TPM2B: a length of 16 bits, then so many bytes. */
  sized(): Buffer {
    return this.#take(this.u16())
  }
  /** Nothing may follow: what is not read is not understood. */
  end(): void {
    if (this.#at !== this.bytes.length) {
      throw new TpmFormatError(`${this.bytes.length - this.#at} bytes too many`)
    }
  }

  #take(length: number): Buffer {
    const end = this.#at + length
    if (end > this.bytes.length) throw new TpmFormatError(`ends after ${this.bytes.length} bytes`)
    const part = this.bytes.subarray(this.#at, end)
    this.#at = end
    return part
  }
}
