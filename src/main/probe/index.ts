import { toProbeSchema } from '../../contract/helper/probe'
import { chooseDevice } from '../../device/choose'
import { listenToMain } from '../helper/listen'
import { ProbeRunner } from './probe-runner'

/** The probe as a utility process of the desktop: what hangs here stalls nobody else. */
const port = process.parentPort
const runner = new ProbeRunner(chooseDevice(), (message) => {
  port.postMessage(message)
})

listenToMain(port, (data) => {
  runner.run(toProbeSchema.parse(data))
})
