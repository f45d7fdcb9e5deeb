import { describe, expect, it } from 'vitest'
import { BatteryReport } from './battery-report'

describe('what the probe says of the battery', () => {
  it('tells each change once, and nothing after it is stopped', () => {
    const report = new BatteryReport()
    const heard: (boolean | null)[] = []
    expect(report.onBattery).toBeNull()
    const stop = report.listen(() => heard.push(report.onBattery))
    for (const onBattery of [false, false, true, true, null]) report.heard(onBattery)
    stop()
    report.heard(true)
    expect(heard).toEqual([false, true, null])
    expect(report.onBattery).toBe(true)
  })
})
