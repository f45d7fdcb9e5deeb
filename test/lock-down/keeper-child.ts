import { settingIdSchema } from '../../src/core/lock-down/setting'
import { linux } from '../../src/device/linux/platform'
import { sessionOf } from '../../src/device/lock-down-link'
import { whereOf } from '../../src/service/lock-down/as-asker'
import { Journal } from '../../src/service/lock-down/journal'
import { LockDownKeeper } from '../../src/service/lock-down/keeper'

/**
 * The keeper as a process of its own, killed by the kernel at one of its steps: everything that it logs is one. Arguments:
 * the journal's folder, the number of the step (0: at none), the settings.
 */
const [folder = '', at = '0', ...words] = process.argv.slice(2)
const settings = words.map((word) => settingIdSchema.parse(word))
const peer = { kind: 'user', uid: process.getuid?.() ?? 0 } as const
let step = 0
const keeper = new LockDownKeeper({
  journal: new Journal(folder),
  lockDown: linux.lockDown,
  whereOf: (asker, session) => whereOf(linux, asker, session),
  log: (event) => {
    step += 1
    process.stdout.write(`${event}\n`)
    if (step === Number(at)) process.kill(process.pid, 'SIGKILL')
  }
})
const token = Symbol('the one')
const { held } = await keeper.hold(peer, token, settings, sessionOf(process.env))
process.stdout.write(`${JSON.stringify(held)}\n`)
await keeper.release(peer, token)
