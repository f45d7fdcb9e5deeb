import { z } from 'zod'
import type { CodeIntegrity } from '../../contract/service/code-integrity'
import { garbled, SourceError, type Sources } from '../contract/sources'
import { powershell } from './powershell'

const SCRIPT =
  '$u = $null; try { $u = [int](Get-CimInstance -Namespace root/Microsoft/Windows/DeviceGuard -ClassName Win32_DeviceGuard)' +
  '.UsermodeCodeIntegrityPolicyEnforcementStatus } catch { $u = $null }; ' +
  '$x = "$env:SystemRoot\\System32\\CiTool.exe"; $p = $null; ' +
  'if (Test-Path -LiteralPath $x) { $p = (& $x --list-policies -json) -join " " }; ' +
  'ConvertTo-Json -Compress -InputObject @{ usermode = $u; policies = $p }'

const answerSchema = z.strictObject({
  usermode: z.number().int().min(0).max(2).nullable(),
  policies: z.string().max(200_000).nullable()
})
const listSchema = z.looseObject({
  OperationResult: z.literal(0),
  Policies: z
    .array(
      z.looseObject({
        PolicyID: z.string().max(40),
        FriendlyName: z.string().max(500),
        IsSystemPolicy: z.boolean(),
        IsEnforced: z.boolean(),
        IsAuthorized: z.boolean()
      })
    )
    .max(200)
})

/**
 * CiTool's own list of policies (Windows 11 22H2 and newer; without elevation it ends with 0x80070005), and whether
 * user mode is held to them. `IsEnforced` is also true of a policy that only notes. Never run on Windows.
 */
export async function codeIntegrity(sources: Sources): Promise<CodeIntegrity> {
  const { usermode, policies } = await powershell(sources, SCRIPT, answerSchema)
  if (policies === null) throw new SourceError('unusable', 'this Windows has no CiTool')
  const list = listSchema.safeParse(jsonOf(policies))
  if (!list.success) throw garbled('CiTool')
  const inForce = list.data.Policies.filter(
    ({ IsSystemPolicy, IsEnforced, IsAuthorized }) => !IsSystemPolicy && IsEnforced && IsAuthorized
  )
  return {
    usermode,
    policies: inForce.map(({ PolicyID, FriendlyName }) => ({
      id: PolicyID.replace(/[{}]/g, '').toLowerCase(),
      name: FriendlyName.slice(0, 120)
    }))
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw garbled('CiTool')
  }
}
