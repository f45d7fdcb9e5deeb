import { z } from 'zod'
import { judgeDisplays, type Display } from '../../../core/check/judge/displays'
import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import { judgeCameras } from '../../../core/check/judge/virtual-camera'
import { judgeWifi, type WifiNetwork, type WifiProtection } from '../../../core/check/judge/wifi'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { asList, powershell } from '../powershell'

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

const DRIVES = asList(
  'Get-CimInstance Win32_DiskDrive | ForEach-Object { @{ bus = "$($_.InterfaceType)"; size = [long]$_.Size } }'
)

/** Drives whose interface is USB; a card reader without a card has no size. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources) => {
    const drive = z.strictObject({ bus: z.string().max(20), size: z.number().nonnegative() })
    const drives = await powershell(sources, DRIVES, z.array(drive).min(1).max(64))
    return judgeUsbStorage(drives.filter(({ bus, size }) => bus === 'USB' && size > 0).length)
  }
}

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

const NETSH = 'C:\\Windows\\System32\\netsh.exe'

/**
 * `netsh wlan show interfaces`. Its labels follow the system's language, so lines are told by their values: an address
 * (BSSID) is there only while connected, the line before it is the SSID, and `WPA2-Personal` is spelled so everywhere.
 * No service or no radio: exit code 1.
 */
export const wifi: Check = {
  name: 'wifi',
  pace: 'often',
  look: async (sources, rules) => {
    const { code, output } = await sources.ask(NETSH, ['wlan', 'show', 'interfaces'])
    // The list itself begins with a line that ends in a colon; anything else is not this list.
    if (code !== 0 || !/:\s*\r?$/m.test(output)) throw garbled('netsh')
    const blocks = output
      .split(/\r?\n\s*\r?\n/)
      .map(pairsOf)
      .filter((pairs) => pairs.length > 3)
    if (blocks.length === 0) throw garbled('netsh')
    return judgeWifi(blocks.flatMap(networkOf), rules.wifi)
  }
}

type Pair = readonly [label: string, value: string]

const pairsOf = (block: string): readonly Pair[] =>
  block.split(/\r?\n/).flatMap((line): readonly Pair[] => {
    const [, label, value] = /^\s+(\S.*?)\s*: (.*?)\s*$/.exec(line) ?? []
    return label === undefined || value === undefined ? [] : [[label, value]]
  })

/** The first address is the radio's own; the second, if there is one, is the network's. */
function networkOf(pairs: readonly Pair[]): readonly WifiNetwork[] {
  const addresses = pairs.flatMap(([, value], at) =>
    /^([0-9a-f]{2}:){5}[0-9a-f]{2}$/i.test(value) ? [at] : []
  )
  if (addresses.length === 0) throw garbled('netsh')
  const [, network] = addresses
  if (network === undefined) return []
  const name = pairs.slice(0, network).findLast(([label]) => label === 'SSID')?.[1]
  if (name === undefined) throw garbled('netsh')
  const words = pairs.slice(network).map(([, value]) => value)
  return [{ name, protection: words.map(protectionOf).find((one) => one !== null) ?? 'unknown' }]
}

function protectionOf(value: string): WifiProtection | null {
  if (/^WPA3/.test(value)) return 'wpa3'
  if (/^WPA2/.test(value)) return 'wpa2'
  if (/^WPA/.test(value)) return 'wpa'
  if (/^WEP$/.test(value)) return 'wep'
  return /^(Open|Offen|Ouvert|Abierta|Aperta)$/.test(value) ? 'open' : null
}
