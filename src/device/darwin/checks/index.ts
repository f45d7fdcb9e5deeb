import type { Check } from '../../contract/check'
import { displays, usbStorage, virtualCamera, wifi } from './attached'
import { antivirus, diskEncryption, firewall, secureBoot, tpm } from './device'
import { clock, localAdmin, osUpdates, remoteControl, screenLock, virtualMachine } from './session'

/** Every check that this system has. One line per check. None of them has been run on a Mac. */
export const darwinChecks: readonly Check[] = [
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
  clock
]
