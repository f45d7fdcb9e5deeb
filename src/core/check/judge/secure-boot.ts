import { fail, pass, unknown, type Finding } from '../finding'

/** What the firmware says. `setup`: anybody may enrol keys, so that being on proves nothing. */
export type SecureBootState = 'on' | 'off' | 'setup' | 'legacy' | 'unknown'

export function judgeSecureBoot(state: SecureBootState): Finding {
  switch (state) {
    case 'on':
      return pass('secure boot is on')
    case 'off':
      return fail('secure boot is off', 'remedy.secure-boot.off')
    case 'setup':
      return fail('the firmware is in setup mode', 'remedy.secure-boot.off')
    case 'legacy':
      return fail('started without UEFI', 'remedy.secure-boot.legacy')
    case 'unknown':
      return unknown('the firmware does not say', 'remedy.secure-boot.unknown')
  }
}
