import { describe, expect, it } from 'vitest'
import { but, lookAt } from '../../../../test/checks/look-at'
import { LaidOutMachine, type MachineFacts } from '../../../../test/checks/machine'
import { netsh, win32Well as well } from '../../../../test/checks/win32-well'
import type { CheckName } from '../../../core/check/names'
import { judgeEncryption } from '../../../core/check/judge/disk-encryption'
import { judgeTpm } from '../../../core/check/judge/tpm'
import { machineSources } from '../../sources/machine-sources'
import { privileged } from '../privileged'
import { win32Checks } from '.'

const POWERSHELL = 'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe'
const WHOAMI = 'C:\\Windows\\System32\\whoami.exe'
const NETSH = 'C:\\Windows\\System32\\netsh.exe'
const json = (value: unknown): MachineFacts => ({ tools: { [POWERSHELL]: JSON.stringify(value) } })
const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString()
const volume = (status: number | null, protection: number, lock = 0, mount = 'C:') => ({
  mount,
  type: 0,
  status,
  protection,
  lock
})

/** A product as Windows Security Center lists it; 397312 is on and up to date, 397328 outdated, 393472 off. */
const product = (state: number, signer = 'CN=Maker, O=Maker Inc', name = 'Maker Antivirus') =>
  json({ defender: null, products: [{ name, state, signed: true, signer }] })

type Case = readonly [CheckName, string, MachineFacts, state: string, remedy: string]

/** Written by us from Microsoft's reference (PowerShell modules, CIM classes, netsh); never captured on Windows. */
const cases: readonly Case[] = [
  [
    'antivirus',
    'Defender switched off',
    json({ defender: { on: false, updated: daysAgo(0) }, products: [] }),
    'fail',
    'antivirus.not-running'
  ],
  [
    'antivirus',
    'Defender with old signatures',
    json({ defender: { on: true, updated: daysAgo(9) }, products: [] }),
    'fail',
    'antivirus.stale'
  ],
  ['antivirus', 'no product', json({ defender: null, products: [] }), 'fail', 'antivirus.missing'],
  ['antivirus', 'another product', product(0x61000), 'pass', ''],
  ['antivirus', 'another product, outdated', product(0x61010), 'fail', 'antivirus.stale'],
  ['antivirus', 'another product, off', product(0x60000), 'fail', 'antivirus.not-running'],
  ['antivirus', 'another product, on pause', product(0x62000), 'fail', 'antivirus.not-running'],
  [
    'antivirus',
    'a fake that names Microsoft’s task manager',
    product(0x61000, 'CN=Microsoft Windows, O=Microsoft Corporation', 'hi :)'),
    'fail',
    'antivirus.unsigned'
  ],
  ['firewall', 'one profile off', json([{ name: 'Public', enabled: 0, inbound: 4 }]), 'fail', 'firewall.off'],
  [
    'firewall',
    'one profile open',
    json([{ name: 'Public', enabled: 1, inbound: 2 }]),
    'fail',
    'firewall.open'
  ],
  [
    'disk-encryption',
    'on pause',
    { service: { volumes: { volumes: [{ use: 'C:', state: 'suspended' }] } } },
    'fail',
    'disk-encryption.suspended'
  ],
  [
    'screen-lock',
    'without a password',
    json({ active: '1', secure: '0', timeout: '600', machine: null }),
    'fail',
    'screen-lock.off'
  ],
  [
    'screen-lock',
    'by the machine’s limit',
    json({ active: '', secure: '', timeout: '', machine: 900 }),
    'pass',
    ''
  ],
  [
    'screen-lock',
    'too late',
    json({ active: '1', secure: '1', timeout: '3600', machine: 0 }),
    'fail',
    'screen-lock.late'
  ],
  ['secure-boot', 'off', json({ on: 0, uefi: true }), 'fail', 'secure-boot.off'],
  ['secure-boot', 'the old way', json({ on: null, uefi: false }), 'fail', 'secure-boot.legacy'],
  ['tpm', 'switched off', { service: { tpm: { present: true, major: 2, ready: false } } }, 'fail', 'tpm.off'],
  ['tpm', 'none', { service: { tpm: { present: false, major: null, ready: false } } }, 'fail', 'tpm.missing'],
  [
    'local-admin',
    'an administrator who is not elevated',
    {
      tools: {
        [WHOAMI]:
          '"Tout le monde","Groupe","S-1-1-0","Groupe obligatoire"\r\n"BUILTIN\\Administrateurs","Alias","S-1-5-32-544","Groupe utilisé uniquement pour le refus"\r\n'
      }
    },
    'fail',
    'local-admin.is-admin'
  ],
  [
    'virtual-machine',
    'Hyper-V',
    json({
      manufacturer: 'Microsoft Corporation',
      model: 'Virtual Machine',
      bios: 'Microsoft Corporation Hyper-V UEFI'
    }),
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'virtual-machine',
    'VMware',
    json({ manufacturer: 'VMware, Inc.', model: 'VMware7,1', bios: 'VMware, Inc. VMW71' }),
    'fail',
    'virtual-machine.is-virtual'
  ],
  [
    'remote-control',
    'a session over RDP',
    json({ programs: ['System'], ports: [], remote: true }),
    'fail',
    'remote-control.session'
  ],
  [
    'remote-control',
    'TeamViewer',
    json({ programs: ['TeamViewer_Service'], ports: [], remote: false }),
    'fail',
    'remote-control.found'
  ],
  [
    'displays',
    'repeated on a second monitor',
    json({ monitors: [2147483648, 5], screens: [{ x: 0, y: 0, width: 1920, height: 1080 }] }),
    'fail',
    'displays.mirrored'
  ],
  [
    'usb-storage',
    'a stick',
    json([
      { interface: 'SCSI', bus: 17, size: 1 },
      { interface: 'USB', bus: 7, size: 31004835840 }
    ]),
    'fail',
    'usb-storage.found'
  ],
  [
    'usb-storage',
    'a drive that speaks UAS',
    json([{ interface: 'SCSI', bus: 7, size: 1000204886016 }]),
    'fail',
    'usb-storage.found'
  ],
  [
    'usb-storage',
    'a drive at USB within a storage space',
    json([{ interface: 'USB', bus: null, size: 1000204886016 }]),
    'fail',
    'usb-storage.found'
  ],
  [
    'virtual-camera',
    'software at no bus',
    json({ cameras: [{ name: 'Some Camera', id: 'ROOT\\CAMERA\\0000' }], obs: false }),
    'fail',
    'virtual-camera.found'
  ],
  ['virtual-camera', 'OBS', json({ cameras: [], obs: true }), 'fail', 'virtual-camera.found'],
  ['wifi', 'open', { tools: { [NETSH]: netsh.replace('WPA2-Personal', 'Open') } }, 'fail', 'wifi.weak'],
  [
    'wifi',
    'in a language that is not known, a profile that only its name protects',
    {
      tools: {
        [NETSH]: netsh
          .replace('WPA2-Personal', 'Otwarte')
          .replace('Profile                : Home', 'Profil                 : WPA2-Home')
      }
    },
    'unknown',
    'wifi.unknown'
  ],
  [
    'wifi',
    'in German',
    {
      tools: {
        [NETSH]: netsh
          .replace('There is 1 interface on the system:', 'Es ist 1 Schnittstelle auf dem System vorhanden:')
          .replace('Authentication         ', 'Authentifizierung      ')
          .replace('State                  : connected', 'Status                 : Verbunden')
      }
    },
    'pass',
    ''
  ],
  [
    'wifi',
    'not connected',
    {
      tools: {
        [NETSH]: netsh.replace(/ {4}SSID[\s\S]*Profile.*\n/, '    Radio status           : Hardware On\n')
      }
    },
    'pass',
    ''
  ],
  ['clock', 'the service stopped', json({ running: 1, type: 'NTP' }), 'fail', 'clock.not-synchronised'],
  ['clock', 'no source', json({ running: 4, type: 'NoSync' }), 'fail', 'clock.not-synchronised'],
  [
    'os-updates',
    'security updates wait',
    json({ version: '10.0.19045', security: 2, searched: daysAgo(0) }),
    'fail',
    'os-updates.pending'
  ],
  [
    'os-updates',
    'never looked for',
    json({ version: '10.0.19045', security: 0, searched: null }),
    'unknown',
    'os-updates.unknown'
  ]
]

describe('D12: what Windows says', () => {
  it.each(cases)('%s: %s', async (name, _what, other, state, remedy) => {
    const check = win32Checks.find((one) => one.name === name)
    if (check === undefined) throw new Error(`there is no check ${name}`)
    const found = await lookAt(check, but(well[name], other))
    expect([found.state, found.remedy], found.evidence).toEqual([
      state,
      remedy === '' ? '' : `remedy.${remedy}`
    ])
  })
})

describe('D12: what the service sees on Windows', () => {
  const ask = async <T>(
    look: (sources: ReturnType<typeof machineSources>) => Promise<T>,
    said: unknown
  ): Promise<T> => {
    const machine = new LaidOutMachine(json(said))
    try {
      const limits = { timeoutMs: 10_000, maxBytes: 65_536, signal: new AbortController().signal }
      return await look(machineSources({ limits, serviceSocket: '', root: machine.root, environment: {} }))
    } finally {
      await machine.remove()
    }
  }

  it.each([
    ['encrypted and protected', [volume(1, 1)], 'pass'],
    ['suspended', [volume(1, 0)], 'fail'],
    ['in the clear', [volume(0, 0)], 'fail'],
    ['being encrypted', [volume(2, 0)], 'fail'],
    ['being decrypted', [volume(3, 0)], 'fail'],
    ['half encrypted, on pause', [volume(4, 0)], 'fail'],
    ['half decrypted, on pause', [volume(5, 0)], 'fail'],
    ['encrypted, a second one in the clear', [volume(1, 1), volume(0, 0, 0, 'D:')], 'fail'],
    ['encrypted, a second one locked', [volume(1, 1), volume(null, 2, 1, 'E:')], 'pass'],
    ['of an unknown protection', [volume(1, 2)], 'unknown']
  ])('BitLocker: %s', async (_what, said, state) => {
    const volumes = await ask((sources) => privileged.volumes(sources), said)
    expect(judgeEncryption(volumes).state).toBe(state)
  })

  it.each([
    [{ present: true, ready: true, spec: '2.0, 0, 1.59' }, 'pass'],
    [{ present: true, ready: true, spec: '1.2, 2, 3' }, 'fail'],
    [{ present: true, ready: false, spec: '2.0, 0, 1.38' }, 'fail'],
    [{ present: false, ready: false, spec: '' }, 'fail']
  ])('Get-Tpm: %j', async (said, state) => {
    expect(judgeTpm(await ask((sources) => privileged.tpm(sources), said)).state).toBe(state)
  })
})
