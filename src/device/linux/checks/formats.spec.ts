import { describe, expect, it } from 'vitest'
import { linuxWell as well } from '../../../../test/checks/linux-well'
import { but, lookAt } from '../../../../test/checks/look-at'
import type { MachineFacts } from '../../../../test/checks/machine'
import { linuxChecks } from '.'
import type { CheckName } from '../../../core/check/names'

const EFI = '/sys/firmware/efi/efivars'
const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const DM = '/sys/devices/virtual/block/dm-0/dm'
const SDA = '/sys/devices/pci0000:00/ata1/block/sda'
const XRANDR = '/usr/bin/xrandr'
const screen = 'Screen 0: minimum 320 x 200, current 1920 x 1080, maximum 16384 x 16384\n'
const group = '/etc/group'
const twoDisplays = (second: string): MachineFacts => ({
  tools: { [XRANDR]: `${screen}eDP-1 connected primary 1920x1080+0+0 (normal) 344mm x 193mm\n${second}\n` }
})
const apt = (lines: readonly string[]): MachineFacts => ({
  tools: {
    '/usr/bin/apt-get': `${lines.join('\n')}\n${lines.length} upgraded, 0 newly installed, 0 to remove and 3 not upgraded.\n`
  }
})
const list = '/var/lib/apt/lists/deb.debian.org_debian-security_dists_bookworm-security_InRelease'
const usb = '/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb/size'
const camera = '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-5/1-5:1.0/video4linux/video0/name'
const tcp = (port: string): string =>
  '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
  `   0: 00000000:${port} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21 1 0 100 0 0 10 0\n`

const kde = (own: string, everybodys = ''): MachineFacts => ({
  environment: { XDG_CURRENT_DESKTOP: 'KDE', HOME: '/home/agent' },
  files: { '/home/agent/.config/kscreenlockerrc': own, '/etc/xdg/kscreenlockerrc': everybodys }
})

type Case = readonly [CheckName, string, MachineFacts, state: string, remedy: string, rules?: object]

/** Formats: the kernel's documentation of sysfs and procfs, manual pages, and the tools' own output on Debian 12. */
const cases: readonly Case[] = [
  [
    'clock',
    'no time server',
    { tools: { '/usr/bin/timedatectl': 'no\n' } },
    'fail',
    'clock.not-synchronised'
  ],
  [
    'secure-boot',
    'off',
    { files: { [`${EFI}/SecureBoot-${GLOBAL}`]: '\u0006\0\0\0\0' } },
    'fail',
    'secure-boot.off'
  ],
  [
    'secure-boot',
    'setup mode',
    { files: { [`${EFI}/SetupMode-${GLOBAL}`]: '\u0006\0\0\0\u0001' } },
    'fail',
    'secure-boot.off'
  ],
  ['tpm', 'an old one', { files: { '/sys/class/tpm/tpm0/tpm_version_major': '1\n' } }, 'fail', 'tpm.old'],
  [
    'local-admin',
    'sudo',
    { tools: { '/usr/bin/id': { '-G': '1000 27\n', '-u': '1000\n' } } },
    'fail',
    'local-admin.is-admin'
  ],
  [
    'local-admin',
    'docker',
    { files: { [group]: 'root:x:0:\ndocker:x:44:agent\nagent:x:1000:\n' } },
    'fail',
    'local-admin.is-admin'
  ],
  [
    'local-admin',
    'root',
    { tools: { '/usr/bin/id': { '-G': '0\n', '-u': '0\n' } } },
    'fail',
    'local-admin.is-admin'
  ],
  [
    'virtual-machine',
    'KVM by the firmware',
    { files: { '/sys/class/dmi/id/sys_vendor': 'QEMU\n' } },
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'virtual-machine',
    'the processor’s flag',
    { files: { '/proc/cpuinfo': 'processor\t: 0\nflags\t\t: fpu hypervisor sse2\n' } },
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'virtual-machine',
    'Xen',
    { files: { '/sys/hypervisor/type': 'xen\n' } },
    'fail',
    'virtual-machine.is-virtual'
  ],
  ['usb-storage', 'a drive', { files: { [usb]: '60062500\n' } }, 'fail', 'usb-storage.found'],
  [
    'virtual-camera',
    'OBS by its name',
    { files: { [camera]: 'OBS Virtual Camera\n' } },
    'fail',
    'virtual-camera.found'
  ],
  [
    'virtual-camera',
    'v4l2loopback loaded',
    { files: { '/proc/modules': 'v4l2loopback 49152 1 - Live 0x0000000000000000 (OE)\n' } },
    'fail',
    'virtual-camera.found'
  ],
  [
    'displays',
    'mirrored',
    twoDisplays('HDMI-1 connected 1920x1080+0+0 (normal) 527mm x 296mm'),
    'fail',
    'displays.mirrored'
  ],
  ['displays', 'one too many', {}, 'fail', 'displays.count', { maxCount: 1 }],
  [
    'displays',
    'one that is dark',
    twoDisplays('HDMI-1 connected (normal left inverted right x axis y axis)'),
    'pass',
    ''
  ],
  [
    'displays',
    'a Wayland session',
    { environment: { XDG_SESSION_TYPE: 'wayland' } },
    'unknown',
    'displays.unknown'
  ],
  [
    'displays',
    'a program under Wayland by XWayland',
    { environment: { WAYLAND_DISPLAY: 'wayland-0' } },
    'unknown',
    'displays.unknown'
  ],
  ['wifi', 'an open network', { tools: { '/usr/bin/nmcli': '*::Café\n' } }, 'fail', 'wifi.weak'],
  ['wifi', 'WEP', { tools: { '/usr/bin/nmcli': '*:WEP:x\n' } }, 'fail', 'wifi.weak'],
  ['wifi', 'the first WPA', { tools: { '/usr/bin/nmcli': '*:WPA1:x\n' } }, 'fail', 'wifi.weak'],
  ['wifi', 'a network off the list', {}, 'fail', 'wifi.not-listed', { networks: ['Office'] }],
  ['wifi', 'a network on the list', {}, 'pass', '', { networks: ['Home:net'] }],
  [
    'wifi',
    'a radio that is down',
    { files: { '/sys/class/net/wlp3s0/operstate': 'down\n' }, tools: {} },
    'pass',
    ''
  ],
  ['remote-control', 'AnyDesk', { files: { '/proc/812/comm': 'anydesk\n' } }, 'fail', 'remote-control.found'],
  ['remote-control', 'VNC', { files: { '/proc/net/tcp': tcp('170C') } }, 'fail', 'remote-control.found'],
  [
    'remote-control',
    'X11 over SSH',
    { files: { '/proc/net/tcp': tcp('177A') } },
    'fail',
    'remote-control.found'
  ],
  [
    'remote-control',
    'a session over SSH',
    { environment: { SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' } },
    'fail',
    'remote-control.session'
  ],
  [
    'remote-control',
    'a program that the policy names',
    { files: { '/proc/812/comm': 'ourtool\n' } },
    'fail',
    'remote-control.found',
    { programs: ['OurTool.exe'] }
  ],
  [
    'screen-lock',
    'off',
    {
      tools: {
        '/usr/bin/gsettings': {
          'get org.gnome.desktop.screensaver lock-enabled': 'false\n',
          'get org.gnome.desktop.session idle-delay': 'uint32 300\n',
          'get org.gnome.desktop.screensaver lock-delay': 'uint32 0\n'
        }
      }
    },
    'fail',
    'screen-lock.off'
  ],
  [
    'screen-lock',
    'never',
    {
      tools: {
        '/usr/bin/gsettings': {
          'get org.gnome.desktop.screensaver lock-enabled': 'true\n',
          'get org.gnome.desktop.session idle-delay': 'uint32 0\n',
          'get org.gnome.desktop.screensaver lock-delay': 'uint32 0\n'
        }
      }
    },
    'fail',
    'screen-lock.off'
  ],
  ['screen-lock', 'too late', {}, 'fail', 'screen-lock.late', { maxIdleMinutes: 4 }],
  [
    'screen-lock',
    'KDE as it comes',
    { environment: { XDG_CURRENT_DESKTOP: 'KDE', HOME: '/home/agent' } },
    'pass',
    ''
  ],
  [
    'screen-lock',
    'KDE switched off',
    {
      environment: { XDG_CURRENT_DESKTOP: 'KDE', HOME: '/home/agent' },
      files: { '/home/agent/.config/kscreenlockerrc': '[Daemon]\nAutolock=false\n' }
    },
    'fail',
    'screen-lock.off'
  ],
  [
    'displays',
    'the outputs of Xwayland',
    { tools: { [XRANDR]: `${screen}XWAYLAND0 connected 1920x1080+0+0 (normal) 340mm x 190mm\n` } },
    'unknown',
    'displays.unknown'
  ],
  [
    'screen-lock',
    'KDE on in another group, off in its own',
    kde('[Greeter]\nAutolock=true\n\n[Daemon]\nAutolock=false\n'),
    'fail',
    'screen-lock.off'
  ],
  [
    'screen-lock',
    'KDE on, then off: the last counts',
    kde('[Daemon]\nAutolock=true\nAutolock=false\n'),
    'fail',
    'screen-lock.off'
  ],
  ['screen-lock', 'KDE off for everybody', kde('', '[Daemon]\nAutolock=false\n'), 'fail', 'screen-lock.off'],
  [
    'screen-lock',
    'KDE on, where it is fixed to off for everybody',
    kde('[Daemon]\nAutolock=true\n', '[Daemon][$i]\nAutolock=false\n'),
    'fail',
    'screen-lock.off'
  ],
  [
    'screen-lock',
    'KDE on, whatever the person says',
    kde('[Daemon]\nAutolock=false\n', '[Daemon]\nAutolock[$i]=true\n'),
    'pass',
    ''
  ],
  ['screen-lock', 'KDE in a file that is none', kde('<html>'), 'error', 'screen-lock.unknown'],
  [
    'screen-lock',
    'another desktop',
    { environment: { XDG_CURRENT_DESKTOP: 'Openbox' } },
    'unknown',
    'screen-lock.unknown'
  ],
  [
    'os-updates',
    'a security update',
    apt(['Inst openssl [3.0.1] (3.0.2 Debian-Security:12/oldstable-security [amd64])']),
    'fail',
    'os-updates.pending'
  ],
  [
    'os-updates',
    'a security update of Ubuntu',
    apt([
      'Inst libc6 [2.35-0ubuntu3.1] (2.35-0ubuntu3.4 Ubuntu:22.04/jammy-updates, Ubuntu:22.04/jammy-security [amd64])'
    ]),
    'fail',
    'os-updates.pending'
  ],
  [
    'os-updates',
    'as many as may wait',
    apt(['Inst openssl [3.0.1] (3.0.2 Debian-Security:12/oldstable-security [amd64])']),
    'pass',
    '',
    { maxSecurityUpdates: 1 }
  ],
  [
    'os-updates',
    'an old list',
    { files: { [list]: 'Suite: oldstable-security\nDate: Sat, 01 Aug 2026 10:00:00 UTC\n' } },
    'fail',
    'os-updates.list-old'
  ],
  ['os-updates', 'an old system', {}, 'fail', 'os-updates.version', { minVersions: { debian: '13' } }],
  ['os-updates', 'a new enough system', {}, 'pass', '', { minVersions: { debian: '12', ubuntu: '24.04' } }],
  [
    'disk-encryption',
    'root in the clear',
    { files: { [`${DM}/uuid`]: 'LVM-cccc\n' } },
    'fail',
    'disk-encryption.plain'
  ],
  [
    'disk-encryption',
    'verity, which encrypts nothing',
    { files: { [`${DM}/uuid`]: 'CRYPT-VERITY-0e0ab2f3-root\n' } },
    'fail',
    'disk-encryption.plain'
  ],
  [
    'disk-encryption',
    'being converted',
    { files: { [`${DM}/name`]: 'sda3_crypt-hotzone-forward\n' } },
    'fail',
    'disk-encryption.converting'
  ],
  [
    'disk-encryption',
    'swap in the clear',
    {
      files: {
        '/proc/swaps': 'Filename Type Size Used Priority\n/dev/sda9 partition 9 0 -2\n',
        [`${SDA}/sda9/partition`]: '9\n'
      },
      links: { '/sys/class/block/sda9': '../../devices/pci0000:00/ata1/block/sda/sda9' }
    },
    'fail',
    'disk-encryption.plain'
  ],
  [
    'disk-encryption',
    'swap in memory alone',
    { files: { '/proc/swaps': 'Filename Type Size Used Priority\n/dev/zram0 partition 9 0 100\n' } },
    'pass',
    ''
  ],
  [
    'disk-encryption',
    'a live system',
    { files: { '/proc/self/mountinfo': '30 1 0:31 / / rw,relatime - overlay overlay rw\n' } },
    'unknown',
    'disk-encryption.unknown'
  ],
  [
    'firewall',
    'open for IPv6',
    {
      service: {
        firewall: {
          profiles: [
            { name: 'IPv4', on: true, dropsIncoming: true },
            { name: 'IPv6', on: true, dropsIncoming: false }
          ]
        }
      }
    },
    'fail',
    'firewall.open'
  ],
  [
    'firewall',
    'older rules',
    { service: { firewall: { profiles: [{ name: 'IPv4', on: true, dropsIncoming: null }] } } },
    'unknown',
    'firewall.unknown'
  ],
  [
    'firewall',
    'off',
    { service: { firewall: { profiles: [{ name: 'IPv4', on: false, dropsIncoming: false }] } } },
    'fail',
    'firewall.off'
  ]
]

describe('D12: what Linux says', () => {
  const each = cases.map(([name, what, other, state, remedy, rules = {}]) => ({
    name,
    what,
    other,
    state,
    remedy,
    rules
  }))
  it.each(each)('$name: $what', async ({ name, other, state, remedy, rules }) => {
    const check = linuxChecks.find((one) => one.name === name)
    if (check === undefined) throw new Error(`there is no check ${name}`)
    const found = await lookAt(check, but(well[name], other), rules)
    expect([found.state, found.remedy], found.evidence).toEqual([
      state,
      remedy === '' ? '' : `remedy.${remedy}`
    ])
  })

  it('never lets the name of a network into the evidence', async () => {
    const check = linuxChecks.find((one) => one.name === 'wifi')
    if (check === undefined || well.wifi === undefined) throw new Error('there is no such check')
    for (const rules of [{}, { networks: ['Office'] }, { networks: ['Home:net'] }])
      expect((await lookAt(check, well.wifi, rules)).evidence).not.toContain('Home')
  })
})
