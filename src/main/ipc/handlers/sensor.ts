import type { Handlers } from '../../../contract/ipc/derive'
import type { IpcSchema } from '../../../contract/ipc/schema'
import type { Logger } from '../../log/logger'
import type { Desk } from '../../session/desk'

/** What the sensor says goes to the desk; a fault of it is a step that failed, and its silence is the watchdog's. */
export const sensorHandlers = (desk: Desk, log: Logger): Handlers<IpcSchema['sensor']> => ({
  observe: (observation) => {
    desk.scene.observe(observation)
  },
  camera: (camera) => {
    desk.camera(camera)
  },
  fault: ({ stage, message }) => {
    log.error({ stage, message }, 'sensor fault')
    // Weights that are not the manifest's are the better explanation of whatever follows from them.
    if (desk.facts.steps.eyes.remedy === 'remedy.model-changed') return
    desk.step('eyes', 'failed', 'remedy.eyes-failed', message)
  }
})
