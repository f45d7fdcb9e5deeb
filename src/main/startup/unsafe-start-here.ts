import { operatingSystem } from '../../device/choose'
import { unsafeStart } from './unsafe-start'

/** What this very start was given and must not be; see `unsafeStart`. */
export const unsafeStartHere = (program: string): readonly string[] =>
  unsafeStart({
    argv: process.argv,
    // Not the kernel's copy of it: Chromium writes its processes' titles over that.
    environment: process.env,
    platform: operatingSystem,
    program
  })
