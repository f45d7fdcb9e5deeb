import { z } from 'zod'

/** The least that a camera must give. Below any of the three it is reported as weak. */
export interface SensorLimits {
  /** Pixels across. */
  readonly minWidth: number
  /** Pixels down. */
  readonly minHeight: number
  /** Frames a second that really arrive. */
  readonly minFps: number
}

/** The fields of a policy's `sensor` that set them; each may be left out. */
export const sensorLimitFields = {
  minWidth: z.number().int().min(160).max(3840).optional(),
  minHeight: z.number().int().min(120).max(2160).optional(),
  minFps: z.number().min(1).max(60).optional()
}

/**
 * What holds for a field that a policy leaves out. 640 x 480 is what the detector is measured with. Seven frames a second:
 * ordinary webcams slow down to 7.5 in dim light, and below that two frames lie further apart than a sixth of a second,
 * which the promised time to blank has no room for.
 */
export const defaultSensorLimits: SensorLimits = { minWidth: 640, minHeight: 480, minFps: 7 }

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
