import { z } from 'zod'
import type { Volume, VolumeState } from '../../core/check/judge/disk-encryption'
import type { FirewallProfile } from '../../core/check/judge/firewall'
import type { TpmFacts } from '../../core/check/judge/tpm'
import type { Privileged } from '../contract'
import type { Sources } from '../contract/sources'
import { codeIntegrity } from './code-integrity'
import { asList, powershell } from './powershell'

// Written from Microsoft's reference; none of it has been run on Windows.

const FIREWALL = asList(
  'Get-NetFirewallProfile -PolicyStore ActiveStore | ForEach-Object { @{ name = "$($_.Name)"; ' +
    'enabled = [int]$_.Enabled; inbound = [int]$_.DefaultInboundAction } }'
)
const profileSchema = z.strictObject({
  name: z.string().min(1).max(40),
  /** GpoBoolean: 0 off, 1 on, 2 not configured, which for a profile in force is on. */
  enabled: z.number().int().min(0).max(2),
  /** Action: 0 not configured (Windows blocks), 2 allow, 4 block. */
  inbound: z.union([z.literal(0), z.literal(2), z.literal(4)])
})

/** Get-NetFirewallProfile, MSFT_NetFirewallProfile: learn.microsoft.com/powershell/module/netsecurity. */
export async function firewallProfiles(sources: Sources): Promise<readonly FirewallProfile[]> {
  const profiles = await powershell(sources, FIREWALL, z.array(profileSchema).min(1).max(8))
  return profiles.map(({ name, enabled, inbound }) => ({
    name,
    on: enabled !== 0,
    dropsIncoming: inbound !== 2
  }))
}

const VOLUMES = asList(
  'Get-BitLockerVolume | ForEach-Object { @{ mount = "$($_.MountPoint)"; type = [int]$_.VolumeType; ' +
    'status = [int]$_.VolumeStatus; protection = [int]$_.ProtectionStatus; lock = [int]$_.LockStatus } }'
)
const volumeSchema = z.strictObject({
  mount: z.string().max(300),
  /** 0 system, 1 data. */
  type: z.number().int(),
  /** Win32_EncryptableVolume.GetConversionStatus; null while the volume is locked. */
  status: z.number().int().min(0).max(5).nullable(),
  /** 0 off (or suspended), 1 on, 2 not known, as of a locked volume. */
  protection: z.number().int().min(0).max(2),
  /** 0 unlocked, 1 locked. */
  lock: z.number().int().min(0).max(1)
})

/** Get-BitLockerVolume: learn.microsoft.com/powershell/module/bitlocker; the numbers: .../win32_encryptablevolume. */
async function volumes(sources: Sources): Promise<readonly Volume[]> {
  const found = await powershell(sources, VOLUMES, z.array(volumeSchema).min(1).max(64))
  return found.map((volume) => ({
    // A drive's letter; a folder that a volume is mounted at could bear a name.
    use: /^[A-Z]:$/.test(volume.mount) ? volume.mount : 'data',
    state: stateOf(volume)
  }))
}

function stateOf({ status, protection, lock }: z.infer<typeof volumeSchema>): VolumeState {
  if (lock === 1) return 'locked'
  if (status === 0) return 'plain'
  if (status === 1) return protection === 1 ? 'encrypted' : protection === 0 ? 'suspended' : 'unknown'
  // 2 encrypting, 3 decrypting, 4 and 5 the same on pause.
  return status === null ? 'unknown' : 'converting'
}

const TPM =
  '$t = Get-Tpm; $s = Get-CimInstance -Namespace root/CIMV2/Security/MicrosoftTpm -ClassName Win32_Tpm; ' +
  '@{ present = [bool]$t.TpmPresent; ready = [bool]($t.TpmReady -and $t.TpmEnabled); spec = "$($s.SpecVersion)" } ' +
  '| ConvertTo-Json -Compress'
const tpmSchema = z.strictObject({ present: z.boolean(), ready: z.boolean(), spec: z.string().max(60) })

/** Get-Tpm: learn.microsoft.com/powershell/module/trustedplatformmodule. `SpecVersion` is `2.0, 0, 1.59`. */
async function tpm(sources: Sources): Promise<TpmFacts> {
  const { present, ready, spec } = await powershell(sources, TPM, tpmSchema)
  const major = /^([12])\.\d/.exec(spec)?.[1]
  return { present, ready, major: major === undefined ? null : Number(major) }
}

export const privileged: Privileged = { firewall: firewallProfiles, volumes, tpm, codeIntegrity }
