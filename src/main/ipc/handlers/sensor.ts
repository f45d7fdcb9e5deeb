import type { Handlers } from '../../../contract/ipc/derive'
import type { IpcSchema } from '../../../contract/ipc/schema'
import type { Logger } from '../../log/logger'
import type { Desk } from '../../session/desk'

/** Weights that are not what they should be are the better explanation of whatever follows from them. */
const better: readonly (string | null)[] = ['remedy.model-changed', 'remedy.model-missing']

/**
 * What the sensor says goes to the desk; a fault of it is a step that failed, and its silence is the watchdog's.
 * `modelFailed` hears of a model that could not be used, before the desk does.
 */
export const sensorHandlers = (
  desk: Desk,
  log: Logger,
  modelFailed: (id: string, stage: 'model' | 'backend', problem: string) => void
): Handlers<IpcSchema['sensor']> => ({
  observe: (observation) => {
    desk.scene.observe(observation)
  },
  camera: (camera) => {
    desk.camera(camera)
  },
  fault: ({ stage, message, model }) => {
    log.error({ stage, message, model }, 'sensor fault')
    if (model !== undefined && (stage === 'model' || stage === 'backend')) modelFailed(model, stage, message)
    if (better.includes(desk.facts.steps.eyes.remedy)) return
    desk.step('eyes', 'failed', 'remedy.eyes-failed', message)
  }
})
