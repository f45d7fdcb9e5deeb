import { z } from 'zod'
import { judgeCameras } from '../../../core/check/judge/virtual-camera'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const CAMERAS =
  '@{ cameras = @(Get-CimInstance Win32_PnPEntity | Where-Object { $_.PNPClass -eq "Camera" -or $_.PNPClass -eq "Image" } | ' +
  'ForEach-Object { @{ name = "$($_.Name)"; id = "$($_.DeviceID)" } }); ' +
  'obs = [bool](Test-Path "HKLM:\\SOFTWARE\\Classes\\CLSID\\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}") } | ConvertTo-Json -Compress -Depth 3'

/** Cameras that hang at no bus (ROOT, SWD) are software; OBS registers a filter (its class id) instead of a device. */
export const virtualCamera: Check = {
  name: 'virtual-camera',
  pace: 'often',
  look: async (sources) => {
    const camera = z.strictObject({ name: z.string().max(200), id: z.string().min(3).max(400) })
    const { cameras, obs } = await powershell(
      sources,
      CAMERAS,
      z.strictObject({ cameras: z.array(camera).max(64), obs: z.boolean() })
    )
    return judgeCameras(
      cameras.map(({ name, id }) => ({ name, virtual: /^(ROOT|SWD)\\/i.test(id) })),
      obs ? ['driver OBS Virtual Camera'] : []
    )
  }
}
