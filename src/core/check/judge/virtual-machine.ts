import { fail, pass, unknown, type Finding } from '../finding'

export interface MachineFacts {
  /** What was looked at and could be read. */
  readonly sources: readonly string[]
  /** Every sign of a virtual machine, each in a few words. */
  readonly signs: readonly string[]
}

/** Nothing says that this is a virtual machine, and something that would say so was read. */
export function judgeMachine({ sources, signs }: MachineFacts): Finding {
  if (signs.length > 0) return fail(signs.join('; '), 'remedy.virtual-machine.is-virtual')
  if (sources.length === 0)
    return unknown('nothing tells what this computer is', 'remedy.virtual-machine.unknown')
  return pass(`no sign of a virtual machine in ${sources.join(', ')}`)
}

/** Makers and models of virtual machines, as their firmware names itself (SMBIOS). Compared in lower case. */
const virtualNames = [
  'qemu',
  'kvm',
  'vmware',
  'virtualbox',
  'innotek',
  'xen',
  'bochs',
  'parallels',
  'bhyve',
  'google compute engine',
  'amazon ec2',
  'openstack',
  'virtual machine',
  'apple virtualization',
  'cloud hypervisor',
  'firecracker',
  'seabios'
] as const

/** The name of a virtual machine in what a firmware says of itself; null when there is none. */
export const virtualNameIn = (text: string): string | null =>
  virtualNames.find((name) => text.toLowerCase().includes(name)) ?? null
