import { join } from 'node:path'
import type { NetworkPicture, NetworkReader } from '../../contract/network'
import { runProgram } from '../../contract/run-program'
import { readPicture } from './picture'

// Written from Microsoft's reference; it has not been run on Windows.

const MAX_BYTES = 4 * 1024 * 1024

/** Reads addresses as JSON from its input and prints everything as JSON: no value becomes part of a command. */
const SCRIPT = `
$ErrorActionPreference = 'Stop'
$wanted = @([Console]::In.ReadToEnd() | ConvertFrom-Json)
$links = @(Get-NetAdapter -IncludeHidden | Select-Object Name, Status, InterfaceDescription)
$addresses = @(Get-NetIPAddress | Select-Object InterfaceAlias, IPAddress)
$routes = @(Get-NetRoute | Select-Object DestinationPrefix, InterfaceAlias)
$paths = @($wanted | ForEach-Object {
  $found = @(Find-NetRoute -RemoteIPAddress $_ -ErrorAction SilentlyContinue | Where-Object { $_.DestinationPrefix })
  [pscustomobject]@{ address = $_; routes = @($found | Select-Object DestinationPrefix, InterfaceAlias) }
})
[pscustomobject]@{ links = $links; addresses = $addresses; routes = $routes; paths = $paths } |
  ConvertTo-Json -Depth 5 -Compress
`

/** Asks PowerShell's NetTCPIP and NetAdapter modules, which come with the system. */
export const win32Network: NetworkReader = {
  read: async (destinations, signal): Promise<NetworkPicture> => {
    const root = process.env['SystemRoot'] ?? 'C:\\Windows'
    const said = await runProgram(
      join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'powershell.exe'),
      ['-NoProfile', '-NonInteractive', '-Command', SCRIPT],
      {
        maxBytes: MAX_BYTES,
        signal,
        input: JSON.stringify(destinations.map(({ address }) => address)),
        environment: {
          SystemRoot: root,
          PSModulePath: join(root, 'System32', 'WindowsPowerShell', 'v1.0', 'Modules')
        }
      }
    )
    if (said.code !== 0) throw new Error(`PowerShell failed: ${said.stderr.slice(0, 200)}`)
    return readPicture(said.stdout, destinations)
  },
  // Windows tells of changes through an API that PowerShell does not wait on; the timer looks instead.
  watch: () => () => undefined
}
