import { z } from 'zod'
import { judgeMachine, virtualNameIn } from '../../../core/check/judge/virtual-machine'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const MACHINE =
  '$c = Get-CimInstance Win32_ComputerSystem; $b = Get-CimInstance Win32_BIOS; ' +
  '@{ manufacturer = "$($c.Manufacturer)"; model = "$($c.Model)"; bios = "$($b.Manufacturer) $($b.SMBIOSBIOSVersion)" } ' +
  '| ConvertTo-Json -Compress'

/** `HypervisorPresent` is true on real computers too, once Windows protects itself by a hypervisor: names decide. */
export const virtualMachine: Check = {
  name: 'virtual-machine',
  pace: 'seldom',
  look: async (sources) => {
    const text = z.string().min(2).max(200)
    const facts = await powershell(
      sources,
      MACHINE,
      z.strictObject({ manufacturer: text, model: text, bios: text })
    )
    const signs = Object.values(facts).flatMap((name) => virtualNameIn(name) ?? [])
    return judgeMachine({
      sources: ['the firmware'],
      signs: [...new Set(signs)].map((name) => `the firmware is ${name}`)
    })
  }
}
