import { z } from 'zod'
import { defaultSensorLimits, type SensorLimits } from './default-sensor-limits'

/** The fields of a policy's `sensor` that set them; each may be left out. */
export const sensorLimitFields = {
  minWidth: z.number().int().min(160).max(3840).optional(),
  minHeight: z.number().int().min(120).max(2160).optional(),
  minFps: z.number().min(1).max(60).optional()
}

/** The limits of a policy's `sensor`, none left out. */
export const sensorLimitsOf = (sensor: {
  readonly [K in keyof SensorLimits]?: SensorLimits[K] | undefined
}): SensorLimits => ({
  minWidth: sensor.minWidth ?? defaultSensorLimits.minWidth,
  minHeight: sensor.minHeight ?? defaultSensorLimits.minHeight,
  minFps: sensor.minFps ?? defaultSensorLimits.minFps
})

/** The limits as they cross to the sensor. */
export const sensorLimitsSchema = z.strictObject({
  minWidth: z.number().positive(),
  minHeight: z.number().positive(),
  minFps: z.number().positive()
})
