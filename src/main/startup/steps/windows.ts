import type { BrowserWindow } from 'electron'
import { Blanks } from '../../windows/blanks'
import { openSensor, type SensorWindow } from '../../windows/sensor'
import { keepLoaded } from '../../windows/keep-loaded'
import { openShell, shellPage, type OwnWindowOptions } from '../../windows/shell'
import type { Step } from '../sequence'

export const blanks = (options: OwnWindowOptions, displaysChanged: () => void): Step<Blanks> => ({
  name: 'blank windows',
  perform: () => new Blanks(options, displaysChanged),
  revert: (windows) => windows?.close()
})

export const shell = (options: OwnWindowOptions, closing: () => boolean): Step<BrowserWindow> => ({
  name: 'shell',
  perform: () => {
    const window = openShell(options, closing)
    keepLoaded(window, shellPage, closing)
    return window
  },
  revert: (window) => window?.destroy()
})

export const sensor = (options: Parameters<typeof openSensor>[0]): Step<SensorWindow> => ({
  name: 'sensor',
  perform: () => openSensor(options),
  revert: (window) => window?.close()
})
