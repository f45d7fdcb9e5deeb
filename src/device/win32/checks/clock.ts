import { z } from 'zod'
import { judgeClock } from '../../../core/check/judge/clock'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const CLOCK =
  '$t = "$((Get-ItemProperty HKLM:\\SYSTEM\\CurrentControlSet\\Services\\W32Time\\Parameters).Type)"; ' +
  '@{ running = [int](Get-Service W32Time).Status; type = $t } | ConvertTo-Json -Compress'

/** The time service runs (4) and has a source: its type is NTP, NT5DS or AllSync, and not NoSync. */
export const clock: Check = {
  name: 'clock',
  pace: 'often',
  look: async (sources) => {
    const schema = z.strictObject({
      running: z.number().int().min(1).max(7),
      type: z.enum(['NTP', 'NT5DS', 'AllSync', 'NoSync'])
    })
    const { running, type } = await powershell(sources, CLOCK, schema)
    return judgeClock(running === 4 && type !== 'NoSync')
  }
}
