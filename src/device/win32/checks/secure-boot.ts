import { z } from 'zod'
import { judgeSecureBoot } from '../../../core/check/judge/secure-boot'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const SECURE_BOOT =
  "$k = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecureBoot\\State'; $v = $null; " +
  'if (Test-Path $k) { $v = (Get-ItemProperty $k).UEFISecureBootEnabled }; ' +
  '@{ on = $v; uefi = [bool]$v -or (Test-Path $k) } | ConvertTo-Json -Compress'

/**
 * Secure boot. Confirm-SecureBootUEFI wants an administrator; the value that the start of Windows keeps in the registry
 * says the same to everybody (learn.microsoft.com/windows-hardware, "UEFISecureBootEnabled").
 */
export const secureBoot: Check = {
  name: 'secure-boot',
  pace: 'seldom',
  look: async (sources) => {
    const schema = z.strictObject({ on: z.union([z.literal(0), z.literal(1)]).nullable(), uefi: z.boolean() })
    const { on, uefi } = await powershell(sources, SECURE_BOOT, schema)
    if (!uefi) return judgeSecureBoot('legacy')
    return judgeSecureBoot(on === null ? 'unknown' : on === 1 ? 'on' : 'off')
  }
}
