import { toCourierSchema } from '../../contract/helper/courier'
import { listenToMain } from '../helper/listen'
import { FLAVOUR } from '../../core/flavour'
import { chooseDevice } from '../../device/choose'
import { Courier } from './courier'
import { systemClock } from './hub/clock'
import { openLine } from './hub/line'
import { keytarKeychain } from './keys/keytar-keychain'

/** The courier as a utility process of the desktop: main at the other end of the port. */
const port = process.parentPort
const device = chooseDevice()
const courier = new Courier({
  post: (message) => {
    port.postMessage(message)
  },
  keychain: keytarKeychain,
  openLine,
  clock: systemClock,
  random: Math.random,
  flavour: FLAVOUR,
  hardwareKeys: () => device.platform.hardwareKeys(),
  measureProgram: (path) => device.measureProgram(path)
})

listenToMain(port, (data) => {
  const message = toCourierSchema.safeParse(data)
  if (!message.success) {
    // Only our own main can write here: a message of another shape is a mistake in the program.
    throw new Error(`main sent no message for the courier: ${message.error.issues[0]?.path.join('.') ?? ''}`)
  }
  void courier.handle(message.data)
})
