import { powerMonitor } from 'electron'
import { InputWatch } from '../../session/input-watch'
import type { Step } from '../sequence'

/** Tells the courier when somebody touches keyboard or mouse, while somebody is signed in. */
export const input = (isSignedIn: () => boolean, touched: (agoMs: number) => void): Step<InputWatch> => ({
  name: 'input',
  perform: () => new InputWatch({ idleSeconds: () => powerMonitor.getSystemIdleTime(), isSignedIn, touched }),
  revert: (watch) => {
    watch?.stop()
  }
})
