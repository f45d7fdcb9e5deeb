import { z } from 'zod'
import { judgeUpdates } from '../../../core/check/judge/os-updates'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const UPDATES =
  '$o = Get-CimInstance Win32_OperatingSystem; $q = (New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher(); ' +
  '$q.Online = $false; $u = $q.Search("IsInstalled=0 and IsHidden=0").Updates; $n = 0; ' +
  'foreach ($x in $u) { foreach ($c in $x.Categories) { if ($c.CategoryID -eq "0fa1201d-4330-4fa8-8ae9-b877473b6441") { $n++; break } } }; ' +
  '$l = (New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate; ' +
  '@{ version = "$($o.Version)"; security = $n; searched = $(if ($l) { ([datetime]$l).ToString("s") + "Z" } else { $null }) } ' +
  '| ConvertTo-Json -Compress'

/** Windows Update's own list (IUpdateSearcher), counted by the identifier of the category "Security Updates". */
export const osUpdates: Check = {
  name: 'os-updates',
  pace: 'seldom',
  look: async (sources, rules) => {
    const schema = z.strictObject({
      version: z.string().regex(/^\d+\.\d+\.\d+$/),
      security: z.number().int().nonnegative(),
      searched: z.iso.datetime().nullable()
    })
    const { version, security, searched } = await powershell(sources, UPDATES, schema)
    const listAgeMs = searched === null ? null : sources.wallMs() - Date.parse(searched)
    return judgeUpdates({ system: 'windows', version, security, listAgeMs }, rules['os-updates'])
  }
}
