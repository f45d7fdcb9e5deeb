import { powerMonitor } from 'electron'
import { powerUnknown, type PaceNow, type Power } from '../../../core/observation/pace'
import { PowerWatch, type PowerSource } from '../../session/power-watch'
import type { BatteryReport } from '../../session/battery-report'
import type { Step } from '../sequence'

/**
 * Electron's monitor. It tells of batteries and slowed processors on Windows and macOS, of heat on macOS alone, and of
 * nothing on Linux, where the probe reads the battery: a computer that says nothing works as usual.
 */
const electronPower = (battery: BatteryReport): PowerSource => {
  let { speedLimit } = powerUnknown
  let thermal: Power['thermal'] = powerMonitor.getCurrentThermalState()
  const read = (): Power => ({
    onBattery: battery.onBattery ?? powerMonitor.isOnBatteryPower(),
    thermal,
    speedLimit
  })
  return {
    read,
    listen: (changed) => {
      const tell = (): void => {
        changed(read())
      }
      const heat = ({ state }: Electron.PowerMonitorThermalStateChangeEventParams): void => {
        thermal = state
        tell()
      }
      const speed = ({ limit }: Electron.PowerMonitorSpeedLimitChangeEventParams): void => {
        speedLimit = limit
        tell()
      }
      const stop = battery.listen(tell)
      powerMonitor.on('on-battery', tell)
      powerMonitor.on('on-ac', tell)
      powerMonitor.on('resume', tell)
      powerMonitor.on('thermal-state-change', heat)
      powerMonitor.on('speed-limit-change', speed)
      return () => {
        stop()
        powerMonitor.off('on-battery', tell)
        powerMonitor.off('on-ac', tell)
        powerMonitor.off('resume', tell)
        powerMonitor.off('thermal-state-change', heat)
        powerMonitor.off('speed-limit-change', speed)
      }
    }
  }
}

/** Hears of battery and heat, and says how hard the sensor may work. */
export const power = (battery: BatteryReport, paced: (pace: PaceNow) => void): Step<PowerWatch> => ({
  name: 'power',
  perform: () => new PowerWatch(electronPower(battery), paced),
  revert: (watch) => {
    watch?.stop()
  }
})
