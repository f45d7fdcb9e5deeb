import { z } from 'zod'
import { judgeDisplays, type Display } from '../../../core/check/judge/displays'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const DISPLAYS =
  'Add-Type -AssemblyName System.Windows.Forms; ' +
  '@{ monitors = @(Get-CimInstance -Namespace root/wmi -ClassName WmiMonitorConnectionParams | Where-Object { $_.Active } | ' +
  'ForEach-Object { [long]$_.VideoOutputTechnology }); screens = @([System.Windows.Forms.Screen]::AllScreens | ForEach-Object { ' +
  '@{ x = $_.Bounds.X; y = $_.Bounds.Y; width = $_.Bounds.Width; height = $_.Bounds.Height } }) } | ConvertTo-Json -Compress -Depth 3'
/** D3DKMDT_VIDEO_OUTPUT_TECHNOLOGY: internal, LVDS, embedded DisplayPort, embedded UDI. */
const builtIn: ReadonlySet<number> = new Set([0x80000000, 6, 11, 13])

/** More monitors than places on the desktop: two of them show the same. */
export const displays: Check = {
  name: 'displays',
  pace: 'often',
  look: async (sources, rules) => {
    const number = z.number().int()
    const schema = z.strictObject({
      monitors: z.array(number).min(1).max(16),
      screens: z
        .array(z.strictObject({ x: number, y: number, width: number.positive(), height: number.positive() }))
        .min(1)
        .max(16)
    })
    const { monitors, screens } = await powershell(sources, DISPLAYS, schema)
    const found = monitors.map((technology, at): Display => {
      const place = screens[Math.min(at, screens.length - 1)] ?? { x: 0, y: 0, width: 1, height: 1 }
      return { ...place, builtIn: builtIn.has(technology), mirrors: at >= screens.length }
    })
    return judgeDisplays(found, rules.displays)
  }
}
