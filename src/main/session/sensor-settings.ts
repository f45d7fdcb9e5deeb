import type { SensorSettings } from '../../contract/ipc/schema'
import { thresholdsOf } from '../../core/attestation/digest'
import type { Pace } from '../../core/observation/pace'
import { coreShareOf } from '../../core/policy/core-share'
import type { Policy } from '../../core/policy/policy'
import { sensorLimitsOf } from '../../core/policy/sensor-limits'

/** What the sensor is told under a policy, as it is for who works here. */
export const sensorSettingsOf = (
  policy: Pick<Policy, 'rules' | 'sensor'>,
  given: Pick<SensorSettings, 'model' | 'preview'> & { readonly pace: Pace }
): SensorSettings => ({
  thresholds: { ...thresholdsOf(policy) },
  model: given.model,
  limits: sensorLimitsOf(policy.sensor),
  room: policy.sensor.room ?? {},
  effort: { coreShare: coreShareOf(policy.sensor), pace: given.pace },
  preview: given.preview
})
