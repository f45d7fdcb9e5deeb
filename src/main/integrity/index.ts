import { setTimeout as sleep } from 'node:timers/promises'
import { toIntegritySchema } from '../../contract/helper/integrity'
import { FLAVOUR } from '../../core/flavour'
import { chooseDevice } from '../../device/choose'
import { listenToMain } from '../helper/listen'
import { compiledBuildKey } from './build-key'
import { Rounds } from './rounds'
import { verifyProgram } from './verify-program'

/**
 * The integrity check as a utility process of the desktop: it reads hundreds of megabytes, and main must not wait for
 * a disk. Files of an archive look like files of a folder inside Electron, unless that is switched off.
 */
Reflect.set(process, 'noAsar', true)
const port = process.parentPort
const device = chooseDevice()
const key = compiledBuildKey()

listenToMain(port, (data) => {
  const { archive, everyMs } = toIntegritySchema.parse(data)
  const rounds = new Rounds({
    check: (pause) =>
      key === null
        ? Promise.resolve({ kind: 'not-packaged' })
        : verifyProgram({ archive, key, flavour: FLAVOUR, device, pause }),
    post: (message) => {
      port.postMessage(message)
    },
    sleep: (ms) => sleep(ms),
    now: () => performance.now()
  })
  void rounds.run(everyMs)
})
