/** The least that a camera must give. Below any of the three it is reported as weak. */
export interface SensorLimits {
  /** Pixels across. */
  readonly minWidth: number
  /** Pixels down. */
  readonly minHeight: number
  /** Frames a second that really arrive. */
  readonly minFps: number
}

/**
 * What holds for a field that a policy leaves out. 640 x 480 is what the detector is measured with. Seven frames a second:
 * ordinary webcams slow down to 7.5 in dim light, and below that two frames lie further apart than a sixth of a second,
 * which the promised time to blank has no room for. Apart from the schemas: the sensor's page takes these alone, since what
 * compiles a schema is what its content policy forbids.
 */
export const defaultSensorLimits: SensorLimits = { minWidth: 640, minHeight: 480, minFps: 7 }
