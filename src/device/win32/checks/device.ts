import { z } from 'zod'
import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import { judgeFirewall } from '../../../core/check/judge/firewall'
import { judgeSecureBoot } from '../../../core/check/judge/secure-boot'
import { judgeTpm } from '../../../core/check/judge/tpm'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'
import { firewallProfiles } from '../privileged'

/** BitLocker, through the service: only an administrator may ask. */
export const diskEncryption: Check = {
  name: 'disk-encryption',
  pace: 'often',
  look: async (sources) => judgeEncryption((await sources.service('volumes')).volumes)
}

/** The TPM, through the service: only an administrator may ask. */
export const tpm: Check = {
  name: 'tpm',
  pace: 'seldom',
  look: async (sources) => judgeTpm(await sources.service('tpm'))
}

/** Every user may ask for the firewall's profiles. */
export const firewall: Check = {
  name: 'firewall',
  pace: 'seldom',
  look: async (sources) => judgeFirewall(await firewallProfiles(sources))
}

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
