import type { CheckName } from '../../src/core/check/names'
import { santaSettings } from '../../src/core/application/compile/santa'
import { denying } from './denying'
import type { MachineFacts } from './machine'

const PROFILER = '/usr/sbin/system_profiler'
const profile = (type: string, list: unknown): Readonly<Record<string, string>> => ({
  [PROFILER]: JSON.stringify({ [type]: list }, null, 2)
})
const today = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
const plist = (body: string): string =>
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n' +
  `<plist version="1.0">\n<dict>\n${body}</dict>\n</plist>\n`

/** What Apple silicon tells of its start (system_profiler SPiBridgeDataType -json, macOS 13 to 15). */
export const bridge = [
  { _name: 'controller_information', ibridge_secure_boot: 'Full Security', ibridge_sb_sip: 'Enabled' }
]

/** What `santactl status --json` says of a Santa with our profile and nothing else (SNTCommandStatus.mm). */
export const santaStatus = ({ mode = 'Monitor', static_rules = 1, binary_rules = 0, sync = false }): string =>
  JSON.stringify({
    daemon: { mode, log_type: 'file', file_logging: true, watchdog_cpu_events: 0, static_rules },
    cache: { root_cache_count: 175, non_root_cache_count: 5 },
    transitive_allowlisting: { enabled: false, compiler_rules: 0, transitive_rules: 0 },
    rule_types: { binary_rules, certificate_rules: 0, teamid_rules: 0, signingid_rules: 0, cdhash_rules: 0 },
    sync: { enabled: sync },
    watch_items: { enabled: false }
  })

/** For each check a Mac on which it passes. Written by us from Apple's manual pages; never captured there. */
export const darwinWell: Readonly<Partial<Record<CheckName, MachineFacts>>> = {
  'os-updates': {
    tools: {
      '/usr/bin/sw_vers': '14.7.2\n',
      '/usr/bin/plutil': plist(
        `\t<key>LastSuccessfulDate</key>\n\t<date>${today}</date>\n\t<key>RecommendedUpdates</key>\n\t<array/>\n`
      )
    }
  },
  antivirus: {
    tools: {
      '/usr/sbin/spctl': 'assessments enabled\n',
      ...profile('SPInstallHistoryDataType', [
        { _name: 'macOS 14.7.2', install_date: '2026-01-10T09:00:00Z', install_version: '14.7.2' },
        { _name: 'XProtectPlistConfigData', install_date: today, install_version: '5287' }
      ])
    }
  },
  firewall: {
    tools: { '/usr/libexec/ApplicationFirewall/socketfilterfw': 'Firewall is enabled. (State = 1)\n' }
  },
  'disk-encryption': { tools: { '/usr/bin/fdesetup': 'FileVault is On.\n' } },
  'screen-lock': {
    tools: {
      '/usr/sbin/sysadminctl':
        '2026-11-26 10:00:00.000 sysadminctl[812:9001] screenLock delay is 5 seconds\n',
      '/usr/bin/defaults': '300\n'
    }
    // A time that nobody chose is macOS's own.
  },
  'secure-boot': {
    tools: {
      '/usr/bin/csrutil': 'System Integrity Protection status: enabled.\n',
      ...profile('SPiBridgeDataType', bridge)
    }
  },
  tpm: { tools: profile('SPiBridgeDataType', bridge) },
  'local-admin': { tools: { '/usr/bin/id': '20 12 61 702\n' } },
  'virtual-machine': { tools: { '/usr/sbin/sysctl': '0\nMacBookPro18,3\n' } },
  'remote-control': {
    tools: {
      '/bin/ps': 'launchd\nlogd\nWindowServer\nFinder\n',
      '/usr/sbin/netstat':
        'Active Internet connections (including servers)\n' +
        'Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n' +
        'tcp4       0      0  127.0.0.1.631          *.*                    LISTEN\n' +
        'tcp46      0      0  *.7000                 *.*                    LISTEN\n'
    }
  },
  displays: {
    tools: profile('SPDisplaysDataType', [
      {
        _name: 'Apple M1 Pro',
        spdisplays_ndrvs: [
          {
            _name: 'Color LCD',
            spdisplays_connection_type: 'spdisplays_internal',
            spdisplays_mirror: 'spdisplays_off',
            spdisplays_online: 'spdisplays_yes'
          }
        ]
      }
    ])
  },
  'usb-storage': { tools: { '/usr/sbin/diskutil': plist('\t<key>WholeDisks</key>\n\t<array/>\n') } },
  'virtual-camera': {
    tools: profile('SPCameraDataType', [
      { _name: 'FaceTime HD Camera', 'spcamera_model-id': 'FaceTime HD Camera' }
    ])
  },
  wifi: {
    tools: profile('SPAirPortDataType', [
      {
        spairport_airport_interfaces: [
          {
            _name: 'en0',
            spairport_status_information: 'spairport_status_connected',
            spairport_current_network_information: {
              _name: '<redacted>',
              spairport_security_mode: 'spairport_security_mode_wpa2_personal'
            }
          }
        ]
      }
    ])
  },
  'application-control': {
    folders: ['/Library/Managed Preferences/com.northpolesec.santa.plist'],
    tools: {
      '/usr/bin/plutil': JSON.stringify({
        ...santaSettings(denying, { enforce: true }).settings,
        EventLogType: 'file'
      }),
      '/usr/local/bin/santactl': santaStatus({})
    }
  },
  clock: { tools: { '/usr/bin/plutil': plist('\t<key>TMAutomaticTimeOnlyEnabled</key>\n\t<true/>\n') } }
}
