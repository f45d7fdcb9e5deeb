import type { CheckArea } from './check'

/** Every check of the computer that a policy has a say in, with the area it counts in. One line per check. */
export const checkAreas = {
  service: 'device',
  'os-updates': 'device',
  antivirus: 'device',
  firewall: 'network',
  'disk-encryption': 'device',
  'screen-lock': 'device',
  'secure-boot': 'device',
  tpm: 'device',
  'local-admin': 'device',
  'virtual-machine': 'device',
  'remote-control': 'device',
  displays: 'device',
  'usb-storage': 'device',
  'virtual-camera': 'camera',
  wifi: 'network',
  clock: 'device',
  'application-control': 'device'
} as const satisfies Readonly<Record<string, CheckArea>>

export type CheckName = keyof typeof checkAreas

export const checkNames = Object.keys(checkAreas) as readonly CheckName[]

export const isCheckName = (id: string): id is CheckName => Object.hasOwn(checkAreas, id)
