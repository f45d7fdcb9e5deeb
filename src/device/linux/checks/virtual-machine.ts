import { judgeMachine, virtualNameIn } from '../../../core/check/judge/virtual-machine'
import type { Check } from '../../contract/check'
import { garbled, ifThere } from '../../contract/sources'

const DMI = '/sys/class/dmi/id'
const required = ['sys_vendor', 'product_name'] as const
const further = ['board_vendor', 'bios_vendor', 'product_version'] as const

/** Signs of a virtual machine: the processor's own (CPUID leaf 1, ECX bit 31), Xen's, and what the firmware calls itself. */
export const virtualMachine: Check = {
  name: 'virtual-machine',
  pace: 'seldom',
  look: async (sources) => {
    const { text: processors } = await sources.file('/proc/cpuinfo')
    if (!/^processor\s*:/m.test(processors)) throw garbled('/proc/cpuinfo')
    const flagged = /^flags\s*:.*\shypervisor(\s|$)/m.test(processors)
    const xen = await ifThere(sources.file('/sys/hypervisor/type'))
    const names = [
      ...(await Promise.all(required.map(async (name) => (await sources.file(`${DMI}/${name}`)).text))),
      ...(await Promise.all(
        further.map(async (name) => (await ifThere(sources.file(`${DMI}/${name}`)))?.text ?? '')
      ))
    ]
    // A firmware that does not name itself tells nothing.
    if (names.slice(0, required.length).some((name) => !/^[^\n]{2,120}\n?$/.test(name)))
      throw garbled('the firmware')
    const virtual = names.flatMap((name) => virtualNameIn(name) ?? [])
    return judgeMachine({
      sources: ['the processor', 'the firmware'],
      signs: [
        ...(flagged ? ['the processor says so'] : []),
        ...(xen === null ? [] : ['the kernel runs on a hypervisor']),
        ...[...new Set(virtual)].map((name) => `the firmware is ${name}`)
      ]
    })
  }
}
