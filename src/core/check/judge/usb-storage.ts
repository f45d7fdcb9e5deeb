import { fail, pass, type Finding } from '../finding'

/** No storage hangs at a port of this computer. `count`: drives that hold something. */
export const judgeUsbStorage = (count: number): Finding =>
  count === 0
    ? pass('no USB storage')
    : fail(`${count} USB storage ${count === 1 ? 'drive' : 'drives'}`, 'remedy.usb-storage.found')
