import { toProbeSchema, type FromProbe } from '../../contract/helper/probe'
import { chooseDevice } from '../../device/choose'
import { listenToMain } from '../helper/listen'
import { ApplicationWatch } from './applications/application-watch'
import { ProbeRunner } from './probe-runner'
import { TunnelWatch } from './tunnel/tunnel-watch'

/** The probe as a utility process of the desktop: what hangs here stalls nobody else. */
const port = process.parentPort
const post = (message: FromProbe): void => {
  port.postMessage(message)
}
const device = chooseDevice()
const runner = new ProbeRunner(device, post)
const tunnel = new TunnelWatch({ device, post })
const applications = new ApplicationWatch({ device, post })

listenToMain(port, (data) => {
  const message = toProbeSchema.parse(data)
  if (message.kind === 'run') runner.run(message)
  else if (message.kind === 'tunnel') tunnel.set(message)
  else applications.set(message)
})
