import { app } from 'electron'
import { FLAVOUR } from '../core/flavour'
import { chooseDevice } from '../device/choose'
import { layFoundation, start } from './composition-root'
import { openLog } from './log/logger'
import { prepareDataFolder } from './startup/data-folder'
import { readOptions } from './startup/options'
import { Sequence } from './startup/sequence'
import { setSwitches } from './startup/switches'

// Nothing that this process or its helpers hold is to be left on the disk by a crash. Test and demo builds are ended by
// scripts that know them by their environment, which nobody can read of a sealed process.
const unprevented = chooseDevice().platform.preventDumps(FLAVOUR === 'release')
// First of all, and before `ready`: no page of any kind runs outside the sandbox.
app.enableSandbox()
setSwitches()

const options = readOptions(process.argv)
prepareDataFolder(options.dataFolder)

/** Exit code of a client that finds another one at work in its folder: two would write the same outbox. */
const SECOND_INSTANCE = 3

if (app.requestSingleInstanceLock()) run()
else app.exit(SECOND_INSTANCE)

function run(): void {
  const open = openLog(options.dataFolder)
  const { log } = open
  if (unprevented.length > 0) log.error({ unprevented }, 'a crash may leave a core file')
  const sequence = new Sequence({
    performed: (name, ms) => {
      log.info({ step: name, ms: Math.round(ms) }, 'started')
    },
    failed: (step, error) => {
      log.error({ step, error }, 'did not go back')
    }
  })
  let closing = false
  const foundation = layFoundation(open, options)
  const fault = (error: unknown): void => {
    if (closing) log.error({ error }, 'a fault while closing')
    else foundation.covered(error)
  }
  process.on('uncaughtException', fault)
  process.on('unhandledRejection', fault)

  const close = async (code: number): Promise<void> => {
    if (closing) return
    closing = true
    foundation.stage.blank()
    foundation.desk.stop()
    await sequence.revert()
    log.info({}, 'closed')
    open.close()
    app.exit(code)
  }
  app.on('window-all-closed', () => undefined)
  app.on('before-quit', (event) => {
    event.preventDefault()
    void close(0)
  })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => void close(0))

  app
    .whenReady()
    .then(() => start(foundation, open, options, sequence, () => closing))
    .catch((error: unknown) => {
      log.error({ error }, 'the start failed')
      return close(1)
    })
}
