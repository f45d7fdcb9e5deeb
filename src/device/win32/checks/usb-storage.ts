import { z } from 'zod'
import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import type { Check } from '../../contract/check'
import { asList, powershell } from '../powershell'

const DRIVES = asList(
  'Get-CimInstance Win32_DiskDrive | ForEach-Object { @{ bus = "$($_.InterfaceType)"; size = [long]$_.Size } }'
)

/** Drives whose interface is USB; a card reader without a card has no size. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources, rules) => {
    const drive = z.strictObject({ bus: z.string().max(20), size: z.number().nonnegative() })
    const drives = await powershell(sources, DRIVES, z.array(drive).min(1).max(64))
    return judgeUsbStorage(
      drives.filter(({ bus, size }) => bus === 'USB' && size > 0).length,
      rules['usb-storage']
    )
  }
}
