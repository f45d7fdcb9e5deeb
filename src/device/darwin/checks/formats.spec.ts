import { describe, expect, it } from 'vitest'
import { bridge, darwinWell as well } from '../../../../test/checks/darwin-well'
import { but, lookAt } from '../../../../test/checks/look-at'
import type { MachineFacts } from '../../../../test/checks/machine'
import type { CheckName } from '../../../core/check/names'
import { darwinChecks } from '.'

const profile = (type: string, list: unknown): MachineFacts => ({
  tools: { '/usr/sbin/system_profiler': JSON.stringify({ [type]: list }) }
})
const fdesetup = (text: string): MachineFacts => ({ tools: { '/usr/bin/fdesetup': text } })
const network = (mode: string): MachineFacts =>
  profile('SPAirPortDataType', [
    {
      spairport_airport_interfaces: [
        {
          _name: 'en0',
          spairport_current_network_information: { _name: '<redacted>', spairport_security_mode: mode }
        }
      ]
    }
  ])
const display = (mirror: string) => ({
  spdisplays_connection_type: 'spdisplays_internal',
  spdisplays_mirror: mirror,
  spdisplays_online: 'spdisplays_yes'
})
const xprotect = (date: string): MachineFacts =>
  profile('SPInstallHistoryDataType', [{ _name: 'XProtectPlistConfigData', install_date: date }])

type Case = readonly [CheckName, string, MachineFacts, state: string, remedy: string]

/** Written by us from Apple's manual pages and what osquery and Fleet read of the same tools; never captured on a Mac. */
const cases: readonly Case[] = [
  ['disk-encryption', 'off', fdesetup('FileVault is Off.\n'), 'fail', 'disk-encryption.plain'],
  [
    'disk-encryption',
    'after the next restart',
    fdesetup('FileVault is Off, but will be enabled after the next restart.\n'),
    'fail',
    'disk-encryption.plain'
  ],
  [
    'disk-encryption',
    'under way',
    fdesetup('FileVault is On.\nEncryption in progress: Percent completed = 41.56\n'),
    'fail',
    'disk-encryption.converting'
  ],
  [
    'disk-encryption',
    'being taken away',
    fdesetup('FileVault is Off.\nDecryption in progress: Percent completed = 12.1\n'),
    'fail',
    'disk-encryption.converting'
  ],
  [
    'firewall',
    'off',
    { tools: { '/usr/libexec/ApplicationFirewall/socketfilterfw': 'Firewall is disabled. (State = 0)\n' } },
    'fail',
    'firewall.off'
  ],
  [
    'firewall',
    'lets nothing in',
    {
      tools: {
        '/usr/libexec/ApplicationFirewall/socketfilterfw':
          'Firewall is blocking all non-essential incoming connections. (State = 2)\n'
      }
    },
    'pass',
    ''
  ],
  [
    'secure-boot',
    'without integrity protection',
    { tools: { '/usr/bin/csrutil': 'System Integrity Protection status: disabled.\n' } },
    'fail',
    'secure-boot.off'
  ],
  [
    'secure-boot',
    'a custom configuration',
    {
      tools: { '/usr/bin/csrutil': 'System Integrity Protection status: unknown (Custom Configuration).\n' }
    },
    'unknown',
    'secure-boot.unknown'
  ],
  [
    'secure-boot',
    'medium security',
    profile('SPiBridgeDataType', [{ ...bridge[0], ibridge_secure_boot: 'Medium Security' }]),
    'fail',
    'secure-boot.off'
  ],
  [
    'secure-boot',
    'a Mac in French',
    profile('SPiBridgeDataType', [{ ...bridge[0], ibridge_secure_boot: 'Sécurité maximale' }]),
    'unknown',
    'secure-boot.unknown'
  ],
  [
    'screen-lock',
    'off, in another version',
    { tools: { '/usr/sbin/sysadminctl': 'sysadminctl[1:2] screenLock delay is -1.000000 seconds\n' } },
    'fail',
    'screen-lock.off'
  ],
  ['secure-boot', 'an old Mac', profile('SPiBridgeDataType', []), 'fail', 'secure-boot.legacy'],
  ['tpm', 'an old Mac', profile('SPiBridgeDataType', []), 'fail', 'tpm.missing'],
  [
    'antivirus',
    'Gatekeeper off',
    { tools: { '/usr/sbin/spctl': 'assessments disabled\n' } },
    'fail',
    'antivirus.not-running'
  ],
  ['antivirus', 'an old list', xprotect('2026-01-01T00:00:00Z'), 'fail', 'antivirus.stale'],
  [
    'antivirus',
    'no list',
    profile('SPInstallHistoryDataType', [{ _name: 'macOS 14.1' }]),
    'fail',
    'antivirus.no-signatures'
  ],
  [
    'local-admin',
    'a member of admin',
    { tools: { '/usr/bin/id': '20 12 61 80\n' } },
    'fail',
    'local-admin.is-admin'
  ],
  [
    'virtual-machine',
    'by the kernel',
    { tools: { '/usr/sbin/sysctl': '1\nMacBookPro18,3\n' } },
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'virtual-machine',
    'by the model',
    { tools: { '/usr/sbin/sysctl': '0\nVirtualMac2,1\n' } },
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'remote-control',
    'Screen Sharing',
    {
      tools: {
        '/usr/sbin/netstat':
          'Active Internet connections (including servers)\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)\ntcp46      0      0  *.5900                 *.*                    LISTEN\n'
      }
    },
    'fail',
    'remote-control.found'
  ],
  [
    'screen-lock',
    'off',
    { tools: { '/usr/sbin/sysadminctl': 'sysadminctl[1:2] screenLock is off\n' } },
    'fail',
    'screen-lock.off'
  ],
  [
    'screen-lock',
    'at once',
    { tools: { '/usr/sbin/sysadminctl': 'sysadminctl[1:2] screenLock delay is immediate\n' } },
    'pass',
    ''
  ],
  ['screen-lock', 'too late', { tools: { '/usr/bin/defaults': '3600\n' } }, 'fail', 'screen-lock.late'],
  [
    'displays',
    'mirrored',
    profile('SPDisplaysDataType', [{ spdisplays_ndrvs: [display('spdisplays_on')] }]),
    'fail',
    'displays.mirrored'
  ],
  [
    'usb-storage',
    'a stick',
    {
      tools: {
        '/usr/sbin/diskutil':
          '<plist version="1.0"><dict><key>WholeDisks</key><array><string>disk4</string></array></dict></plist>\n'
      }
    },
    'fail',
    'usb-storage.found'
  ],
  [
    'virtual-camera',
    'OBS',
    profile('SPCameraDataType', [{ _name: 'OBS Virtual Camera' }]),
    'fail',
    'virtual-camera.found'
  ],
  ['wifi', 'open', network('spairport_security_mode_none'), 'fail', 'wifi.weak'],
  ['wifi', 'WPA3', network('spairport_security_mode_wpa3_transition'), 'pass', ''],
  ['wifi', 'of an unknown kind', network('spairport_security_mode_new'), 'unknown', 'wifi.unknown'],
  [
    'os-updates',
    'updates wait',
    {
      tools: {
        '/usr/bin/plutil': `<plist version="1.0"><dict><key>LastSuccessfulDate</key><date>${new Date().toISOString()}</date><key>RecommendedUpdates</key><array><dict><key>Identifier</key></dict></array></dict></plist>\n`
      }
    },
    'fail',
    'os-updates.pending'
  ],
  [
    'clock',
    'set by hand',
    {
      tools: {
        '/usr/bin/plutil':
          '<plist version="1.0"><dict><key>TMAutomaticTimeOnlyEnabled</key><false/></dict></plist>\n'
      }
    },
    'fail',
    'clock.not-synchronised'
  ]
]

describe('D12: what macOS says', () => {
  it.each(cases)('%s: %s', async (name, _what, other, state, remedy) => {
    const check = darwinChecks.find((one) => one.name === name)
    if (check === undefined) throw new Error(`there is no check ${name}`)
    const found = await lookAt(check, but(well[name], other))
    expect([found.state, found.remedy], found.evidence).toEqual([
      state,
      remedy === '' ? '' : `remedy.${remedy}`
    ])
  })
})
