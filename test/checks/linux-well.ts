import type { CheckName } from '../../src/core/check/names'
import { compiledFor } from '../../src/core/check/judge/application-control'
import { denying } from './denying'
import type { MachineFacts } from './machine'

const EFI = '/sys/firmware/efi/efivars'
const GLOBAL = '8be4df61-93ca-11d2-aa0d-00e098032b8c'
const BLOCK = '/sys/class/block'
const VIRTUAL = '/sys/devices/virtual/block'
const DISK = '/sys/devices/pci0000:00/ata1/block/sda'
const PCI = '../devices/pci0000:00/0000:00:17.0/ata1/host0/target0:0:0/0:0:0:0/block'
const now = new Date()

/** As `systemctl show --timestamp=us+utc` writes it. */
export const systemdTime = (date: Date): string =>
  `${date.toUTCString().slice(0, 3)} ${date.toISOString().slice(0, 10)} ${date.toISOString().slice(11, 23)}000 UTC`

/** As `systemctl show` writes how fapolicyd is started, with what a drop-in adds. */
export const fapolicydCommand = (more = ''): string =>
  `ExecStart={ path=/usr/sbin/fapolicyd ; argv[]=/usr/sbin/fapolicyd${more} ; ignore_errors=no ; start_time=[n/a] ; stop_time=[n/a] ; pid=0 ; code=(null) ; status=0/0 }`

/**
 * For each check a computer on which it passes, in the formats of the real sources: kernel documentation, manual pages,
 * and what Debian 12's own tools print. A check without such a computer fails the test that goes through all of them.
 */
export const linuxWell: Readonly<Partial<Record<CheckName, MachineFacts>>> = {
  clock: {
    tools: { '/usr/bin/timedatectl': { 'show --property=NTPSynchronized --value': 'yes\n' } }
  },
  'secure-boot': {
    files: {
      [`${EFI}/SecureBoot-${GLOBAL}`]: '\u0006\u0000\u0000\u0000\u0001',
      [`${EFI}/SetupMode-${GLOBAL}`]: '\u0006\u0000\u0000\u0000\u0000'
    }
  },
  tpm: { files: { '/sys/class/tpm/tpm0/tpm_version_major': '2\n' } },
  'local-admin': {
    tools: { '/usr/bin/id': { '-G': '1000 44\n', '-u': '1000\n' } },
    files: { '/etc/group': 'root:x:0:\nsudo:x:27:\nvideo:x:44:\nagent:x:1000:\n' }
  },
  'virtual-machine': {
    files: {
      '/proc/cpuinfo': 'processor\t: 0\nvendor_id\t: GenuineIntel\nflags\t\t: fpu vme sse2\n\n',
      '/sys/class/dmi/id/sys_vendor': 'LENOVO\n',
      '/sys/class/dmi/id/product_name': '20XW00AAUS\n'
    }
  },
  'usb-storage': {
    links: {
      '/sys/block/sda': `${PCI}/sda`,
      '/sys/block/sdb':
        '../devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb'
    },
    files: {
      '/sys/devices/pci0000:00/0000:00:14.0/usb2/2-1/2-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb/size': '0\n'
    },
    folders: [`/sys/block/${PCI}/sda`]
  },
  'virtual-camera': {
    links: {
      '/sys/class/video4linux/video0':
        '../../devices/pci0000:00/0000:00:14.0/usb1/1-5/1-5:1.0/video4linux/video0'
    },
    files: {
      '/sys/devices/pci0000:00/0000:00:14.0/usb1/1-5/1-5:1.0/video4linux/video0/name':
        'Integrated Camera: Integrated C\n',
      '/proc/modules': 'uvcvideo 131072 0 - Live 0x0000000000000000\n'
    }
  },
  displays: {
    tools: {
      '/usr/bin/xrandr':
        'Screen 0: minimum 320 x 200, current 3840 x 1080, maximum 16384 x 16384\n' +
        'eDP-1 connected primary 1920x1080+0+0 (normal left inverted right x axis y axis) 344mm x 193mm\n' +
        '   1920x1080     60.00*+\n' +
        'DP-1 disconnected (normal left inverted right x axis y axis)\n' +
        'HDMI-1 connected 1920x1080+1920+0 (normal left inverted right x axis y axis) 527mm x 296mm\n' +
        '   1920x1080     60.00*+\n'
    }
  },
  wifi: {
    folders: ['/sys/class/net/lo', '/sys/class/net/wlp3s0/wireless'],
    files: { '/sys/class/net/wlp3s0/operstate': 'up\n' },
    tools: {
      '/usr/bin/nmcli': ' :WPA2:Neighbour\n*:WPA2 WPA3:Home\\:net\n ::Café\n'
    }
  },
  'remote-control': {
    files: {
      '/proc/1/comm': 'systemd\n',
      '/proc/812/comm': 'Xorg\n',
      '/proc/net/tcp':
        '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n' +
        '   0: 0100007F:0277 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 21 1 0 100 0 0 10 0\n',
      '/proc/net/tcp6':
        '  sl  local_address                         remote_address                        st tx_queue rx_queue\n' +
        '   0: 00000000000000000000000001000000:0277 00000000000000000000000000000000:0000 0A 00000000:00000000 0\n'
    },
    mayBeAbsent: ['/proc/812/comm', '/proc/net/tcp6']
  },
  'screen-lock': {
    environment: { XDG_CURRENT_DESKTOP: 'ubuntu:GNOME' },
    tools: {
      '/usr/bin/gsettings': {
        'get org.gnome.desktop.screensaver lock-enabled': 'true\n',
        'get org.gnome.desktop.session idle-delay': 'uint32 300\n',
        'get org.gnome.desktop.screensaver lock-delay': 'uint32 0\n'
      }
    }
  },
  antivirus: {
    files: { '/var/lib/clamav/daily.cld': 'held' },
    tools: {
      '/usr/bin/clamdscan': { '--ping 1': 'PONG\n' },
      '/usr/bin/sigtool':
        'File: /var/lib/clamav/daily.cld\n' +
        `Build time: ${String(now.getUTCDate()).padStart(2, '0')} ${now.toLocaleString('en', { month: 'short', timeZone: 'UTC' })} ${now.getUTCFullYear()} 00:01 +0000\n` +
        'Version: 27999\nSignatures: 2070000\nVerification OK.\n'
    },
    // Only the names in the folder are read; what is in it is sigtool's to read.
    mayBeAnything: ['/var/lib/clamav/daily.cld']
  },
  'os-updates': {
    files: {
      '/etc/os-release': 'PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\nVERSION_ID="12"\n',
      '/var/lib/apt/lists/deb.debian.org_debian-security_dists_bookworm-security_InRelease': `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nOrigin: Debian\nSuite: oldstable-security\nDate: ${now.toUTCString()}\n`
    },
    tools: {
      '/usr/bin/apt-get':
        'Reading package lists...\nBuilding dependency tree...\nCalculating upgrade...\n' +
        'The following packages will be upgraded:\n  tzdata\n' +
        '1 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n' +
        'Inst tzdata [2026a-0+deb12u1] (2026b-0+deb12u1 Debian:12.11/oldstable [all])\n' +
        'Conf tzdata (2026b-0+deb12u1 Debian:12.11/oldstable [all])\n'
    }
  },
  'disk-encryption': {
    files: {
      '/proc/self/mountinfo':
        '24 30 0:22 / /proc rw,nosuid - proc proc rw\n' +
        '30 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw\n' +
        '90 30 8:2 / /boot rw,relatime shared:2 - ext4 /dev/sda2 rw\n',
      '/proc/swaps': 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n/dev/dm-2 partition 999420 0 -2\n',
      [`${VIRTUAL}/dm-0/dm/uuid`]: 'CRYPT-LUKS2-0e0ab2f3ae4c4d6a9a4b3a5a9d7c1e11-sda3_crypt\n',
      [`${VIRTUAL}/dm-0/dm/name`]: 'sda3_crypt\n',
      [`${VIRTUAL}/dm-1/dm/uuid`]: 'LVM-aaaa\n',
      [`${VIRTUAL}/dm-1/dm/name`]: 'vg-root\n',
      [`${VIRTUAL}/dm-2/dm/uuid`]: 'LVM-bbbb\n',
      [`${VIRTUAL}/dm-2/dm/name`]: 'vg-swap\n',
      [`${DISK}/sda3/partition`]: '3\n'
    },
    folders: [`${VIRTUAL}/dm-0/slaves/sda3`, `${VIRTUAL}/dm-1/slaves/dm-0`, `${VIRTUAL}/dm-2/slaves/dm-0`],
    links: {
      '/sys/dev/block/254:1': '../../devices/virtual/block/dm-1',
      [`${BLOCK}/dm-0`]: '../../devices/virtual/block/dm-0',
      [`${BLOCK}/dm-1`]: '../../devices/virtual/block/dm-1',
      [`${BLOCK}/dm-2`]: '../../devices/virtual/block/dm-2',
      [`${BLOCK}/sda`]: '../../devices/pci0000:00/ata1/block/sda',
      [`${BLOCK}/sda3`]: '../../devices/pci0000:00/ata1/block/sda/sda3'
    },
    // What LVM calls its volumes proves nothing; the device below does.
    mayBeAbsent: [`${VIRTUAL}/dm-1/dm/uuid`, `${VIRTUAL}/dm-2/dm/uuid`, `${DISK}/sda3/partition`],
    mayBeAnything: [
      `${VIRTUAL}/dm-0/dm/name`,
      `${VIRTUAL}/dm-1/dm/uuid`,
      `${VIRTUAL}/dm-1/dm/name`,
      `${VIRTUAL}/dm-2/dm/uuid`,
      `${VIRTUAL}/dm-2/dm/name`,
      `${DISK}/sda3/partition`
    ]
  },
  'application-control': {
    files: {
      '/etc/fapolicyd/fapolicyd.conf':
        '#\n# This file controls the configuration of the file access policy daemon.\n#\n\npermissive = 0\n' +
        'q_size = 640\nwatch_fs = ext2,ext3,ext4,tmpfs,xfs,vfat,iso9660,btrfs\ntrust = rpmdb,file\nintegrity = none\n',
      '/etc/fapolicyd/compiled.rules':
        '## This file is automatically generated from /etc/fapolicyd/rules.d\n' +
        `${compiledFor(denying, 'fapolicyd').enforced}deny_audit perm=execute all : all\n`,
      '/proc/self/mountinfo':
        '24 30 0:22 / /proc rw,nosuid - proc proc rw\n' +
        '30 1 254:1 / / rw,relatime shared:1 - ext4 /dev/mapper/vg-root rw\n' +
        '31 30 0:25 / /tmp rw,nosuid,nodev shared:2 - tmpfs tmpfs rw\n' +
        '32 30 0:44 / /mnt/share rw,nosuid,nodev,noexec,relatime - cifs //server/share rw\n'
    },
    tools: {
      // An hour ahead: the files are laid out anew by each test, however long all of them take.
      '/usr/bin/systemctl': `ActiveState=active\n${fapolicydCommand()}\nExecMainStartTimestamp=${systemdTime(new Date(now.getTime() + 3_600_000))}\n`
    }
  },
  firewall: {
    service: {
      firewall: {
        profiles: [
          { name: 'IPv4', on: true, dropsIncoming: true },
          { name: 'IPv6', on: true, dropsIncoming: true }
        ]
      }
    }
  }
}
