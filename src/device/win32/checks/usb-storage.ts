import { z } from 'zod'
import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import type { Check } from '../../contract/check'
import { asList, powershell } from '../powershell'

/**
 * A drive that speaks UAS stands as SCSI in Win32_DiskDrive, and as USB in MSFT_Disk alone; what belongs to a storage
 * space stands in the first alone. `bus` of MSFT_Disk is a number: 7 is USB (Microsoft's documentation of MSFT_Disk).
 */
const DRIVES = `$bus = @{}; Get-CimInstance -Namespace root/Microsoft/Windows/Storage -ClassName MSFT_Disk | ForEach-Object { $bus[[int]$_.Number] = [int]$_.BusType }; ${asList(
  'Get-CimInstance Win32_DiskDrive | ForEach-Object { @{ interface = "$($_.InterfaceType)"; bus = $bus[[int]$_.Index]; size = [long]$_.Size } }'
)}`
const USB = 7

/** Drives that either of Windows's two lists has at USB; a card reader without a card has no size. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources, rules) => {
    const drive = z.strictObject({
      interface: z.string().max(20),
      bus: z.number().int().nonnegative().nullable(),
      size: z.number().nonnegative()
    })
    const drives = await powershell(sources, DRIVES, z.array(drive).min(1).max(64))
    return judgeUsbStorage(
      drives.filter((one) => (one.interface === 'USB' || one.bus === USB) && one.size > 0).length,
      rules['usb-storage']
    )
  }
}
