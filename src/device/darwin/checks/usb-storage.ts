import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** diskutil's list of real disks outside the computer; an empty list is one too. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources, rules) => {
    const plist = await sources.tool('/usr/sbin/diskutil', ['list', '-plist', 'external', 'physical'])
    if (!plist.trimEnd().endsWith('</plist>')) throw garbled('diskutil')
    const list = /<key>WholeDisks<\/key>\s*(?:<array\/>|<array>([\s\S]*?)<\/array>)/.exec(plist)
    if (list === null) throw garbled('diskutil')
    return judgeUsbStorage(
      [...(list[1] ?? '').matchAll(/<string>disk\d+<\/string>/g)].length,
      rules['usb-storage']
    )
  }
}
