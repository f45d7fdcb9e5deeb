import { operatingSystem } from '../../device/choose'
import { firstEnvironment } from './first-environment'
import { unsafeStart } from './unsafe-start'

/** What this very start was given and must not be; see `unsafeStart`. */
export const unsafeStartHere = (program: string): readonly string[] =>
  unsafeStart({
    argv: process.argv,
    environment: firstEnvironment(process.env),
    platform: operatingSystem,
    program
  })
