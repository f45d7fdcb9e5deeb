import { chooseDevice } from '../../../device/choose'
import type { Desk } from '../../session/desk'
import { DesktopLock } from '../../session/lock-down'
import type { Step } from '../sequence'

/** Locks the desktop down for the time of a shift, and lets go when the program ends. */
export const desktopLock = (desk: Desk, serviceSocket: string): Step<DesktopLock> => ({
  name: 'desktop lock',
  perform: () => new DesktopLock({ desk, open: (told) => chooseDevice().lockDown({ serviceSocket, told }) }),
  revert: (lock) => {
    lock?.stop()
  }
})
