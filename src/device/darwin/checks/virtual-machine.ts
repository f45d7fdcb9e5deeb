import { judgeMachine, virtualNameIn } from '../../../core/check/judge/virtual-machine'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** The kernel's own word (kern.hv_vmm_present) and the model, which virtual machines name themselves by. */
export const virtualMachine: Check = {
  name: 'virtual-machine',
  pace: 'seldom',
  look: async (sources) => {
    const lines = (await sources.tool('/usr/sbin/sysctl', ['-n', 'kern.hv_vmm_present', 'hw.model']))
      .trim()
      .split('\n')
    const [present, model, ...rest] = lines
    if ((present !== '0' && present !== '1') || model === undefined || rest.length > 0)
      throw garbled('sysctl')
    if (!/^[A-Za-z]+\d+,\d+$/.test(model)) throw garbled('sysctl')
    const name = /^VirtualMac/.test(model) ? 'virtual' : virtualNameIn(model)
    return judgeMachine({
      sources: ['the kernel', 'the model'],
      signs: [
        ...(present === '1' ? ['the kernel says so'] : []),
        ...(name === null ? [] : [`the model is ${name}`])
      ]
    })
  }
}
