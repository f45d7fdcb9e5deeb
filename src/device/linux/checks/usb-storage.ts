import { judgeUsbStorage } from '../../../core/check/judge/usb-storage'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** Drives at a USB port, from where the kernel hangs them in its tree of devices. A card reader without a card has no size. */
export const usbStorage: Check = {
  name: 'usb-storage',
  pace: 'often',
  look: async (sources, rules) => {
    const names = (await sources.folder('/sys/block')).filter((name) => !/^(loop|ram|zram|dm-)/.test(name))
    const held = await Promise.all(
      names.map(async (name) => {
        const place = await sources.link(`/sys/block/${name}`)
        if (!place.startsWith('../devices/')) throw garbled(`/sys/block/${name}`)
        if (!/\/usb\d+\//.test(place)) return false
        const { text } = await sources.file(`/sys/block/${name}/size`)
        if (!/^\d{1,20}\n?$/.test(text)) throw garbled('size')
        return Number(text) > 0
      })
    )
    return judgeUsbStorage(held.filter(Boolean).length, rules['usb-storage'])
  }
}
