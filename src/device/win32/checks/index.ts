import type { Check } from '../../contract/check'
import { antivirus } from './antivirus'
import { applicationControl } from './application-control'
import { clock } from './clock'
import { diskEncryption } from './disk-encryption'
import { displays } from './displays'
import { firewall } from './firewall'
import { localAdmin } from './local-admin'
import { osUpdates } from './os-updates'
import { remoteControl } from './remote-control'
import { screenLock } from './screen-lock'
import { secureBoot } from './secure-boot'
import { tpm } from './tpm'
import { usbStorage } from './usb-storage'
import { virtualCamera } from './virtual-camera'
import { virtualMachine } from './virtual-machine'
import { wifi } from './wifi'

/** Every check that this system has. One line per check. None of them has been run on Windows. */
export const win32Checks: readonly Check[] = [
  osUpdates,
  antivirus,
  firewall,
  diskEncryption,
  screenLock,
  secureBoot,
  tpm,
  localAdmin,
  virtualMachine,
  remoteControl,
  displays,
  usbStorage,
  virtualCamera,
  wifi,
  clock,
  applicationControl
]
