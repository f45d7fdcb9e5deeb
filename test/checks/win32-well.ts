import type { CheckName } from '../../src/core/check/names'
import { wdacIdentity } from '../../src/core/application/compile/wdac'
import { compiledFor } from '../../src/core/check/judge/application-control'
import { denying } from './denying'
import type { MachineFacts } from './machine'

const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const json = (value: unknown): MachineFacts => ({ tools: { [POWERSHELL]: `${JSON.stringify(value)}\r\n` } })
const today = new Date().toISOString()

/** The profile list of a computer that is well, as our script writes it (Windows 10 22H2, Windows 11 23H2 reference). */
export const netsh = `
There is 1 interface on the system:

    Name                   : Wi-Fi
    Description            : Intel(R) Wi-Fi 6 AX201 160MHz
    GUID                   : 0f4a2f3e-aaaa-bbbb-cccc-0123456789ab
    Physical address       : 00:11:22:33:44:55
    Interface type         : Primary
    State                  : connected
    SSID                   : Home: net
    AP BSSID               : 66:77:88:99:aa:bb
    Band                   : 5 GHz
    Channel                : 36
    Network type           : Infrastructure
    Radio type             : 802.11ax
    Authentication         : WPA2-Personal
    Cipher                 : CCMP
    Connection mode        : Auto Connect
    Signal                 : 92%
    Profile                : Home

    Hosted network status  : Not available
`

/** For each check a Windows computer on which it passes. Written by us from Microsoft's reference; never captured there. */
export const win32Well: Readonly<Partial<Record<CheckName, MachineFacts>>> = {
  'os-updates': json({ version: '10.0.22631', security: 0, searched: today }),
  antivirus: json({
    defender: { on: true, updated: today },
    products: [
      {
        name: 'Windows Defender',
        state: 397568,
        signed: true,
        signer: 'CN=Microsoft Windows Publisher, O=Microsoft Corporation'
      }
    ]
  }),
  'application-control': {
    service: {
      'code-integrity': { usermode: 2, policies: [wdacIdentity(compiledFor(denying, 'wdac').enforced)] }
    }
  },
  firewall: json([
    { name: 'Domain', enabled: 1, inbound: 4 },
    { name: 'Private', enabled: 1, inbound: 0 },
    { name: 'Public', enabled: 1, inbound: 4 }
  ]),
  'disk-encryption': {
    service: {
      volumes: {
        volumes: [
          { use: 'C:', state: 'encrypted' },
          { use: 'D:', state: 'encrypted' }
        ]
      }
    }
  },
  'screen-lock': json({ active: '1', secure: '1', timeout: '600', machine: null }),
  'secure-boot': json({ on: 1, uefi: true }),
  tpm: { service: { tpm: { present: true, major: 2, ready: true } } },
  'local-admin': {
    tools: {
      'C:\\Windows\\System32\\whoami.exe': [
        '"Jeder","Bekannte Gruppe","S-1-1-0","Verbindliche Gruppe, Standardmäßig aktiviert, Aktivierte Gruppe"',
        '"VORDEFINIERT\\Benutzer","Alias","S-1-5-32-545","Verbindliche Gruppe, Standardmäßig aktiviert, Aktivierte Gruppe"',
        '"Verbindliche Beschriftung\\Mittlere Verbindlichkeitsstufe","Bezeichnung","S-1-16-8192",""',
        ''
      ].join('\r\n')
    }
  },
  'virtual-machine': json({ manufacturer: 'Dell Inc.', model: 'Latitude 5440', bios: 'Dell Inc. 1.14.1' }),
  'remote-control': json({
    programs: ['System', 'svchost', 'explorer'],
    ports: [135, 445, 5040],
    remote: false
  }),
  displays: json({
    monitors: [2147483648, 5],
    screens: [
      { x: 0, y: 0, width: 1920, height: 1080 },
      { x: 1920, y: 0, width: 1920, height: 1080 }
    ]
  }),
  'usb-storage': json([{ interface: 'SCSI', bus: 17, size: 512110190592 }]),
  'virtual-camera': json({
    cameras: [{ name: 'Integrated Camera', id: 'USB\\VID_5986&PID_118C&MI_00\\6&1F4A' }],
    obs: false
  }),
  wifi: { tools: { 'C:\\Windows\\System32\\netsh.exe': netsh } },
  clock: json({ running: 4, type: 'NTP' })
}
