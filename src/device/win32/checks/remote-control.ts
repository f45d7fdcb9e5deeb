import { z } from 'zod'
import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const REMOTE =
  'Add-Type -AssemblyName System.Windows.Forms; ' +
  '@{ programs = @(Get-Process | ForEach-Object { $_.ProcessName } | Sort-Object -Unique); ' +
  'ports = @(Get-NetTCPConnection -State Listen | ForEach-Object { [int]$_.LocalPort } | Sort-Object -Unique); ' +
  'remote = [bool][System.Windows.Forms.SystemInformation]::TerminalServerSession } | ConvertTo-Json -Compress'

/** Programs, ports, and whether this session is one of Remote Desktop (SM_REMOTESESSION). */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const schema = z.strictObject({
      programs: z.array(z.string().max(260)).min(1),
      ports: z.array(z.number().int().min(0).max(65_535)),
      remote: z.boolean()
    })
    const { programs, ports, remote } = await powershell(sources, REMOTE, schema)
    const session = remote ? ['a session over RDP'] : []
    return judgeRemoteControl({ programs, listening: ports, session }, rules['remote-control'])
  }
}
