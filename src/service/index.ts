import { FLAVOUR } from '../core/flavour'
import { chooseDevice } from '../device/choose'
import { readConfig } from './config'
import { whereOf } from './lock-down/as-asker'
import { Journal } from './lock-down/journal'
import { LockDownKeeper } from './lock-down/keeper'
import { machineKnowledge } from './knowledge'
import { Service } from './server'

/** The privileged service as a program. Writes one line of JSON per event to stderr. */
const log = (event: string, fact: string): void => {
  process.stderr.write(`${JSON.stringify({ at: new Date().toISOString(), event, fact })}\n`)
}

const { platform } = chooseDevice()
const config = readConfig(FLAVOUR, process.argv.slice(2), platform)
if (!config.ok) {
  log('refused to start', config.error)
  process.exit(2)
}

const started = process.hrtime.bigint()
const lockDown = new LockDownKeeper({
  journal: new Journal(config.value.journal),
  lockDown: platform.lockDown,
  whereOf: (peer, session) => whereOf(platform, peer, session),
  log
})
const service = new Service({
  config: config.value,
  platform,
  lockDown,
  knowledge: machineKnowledge(platform, () => Number(process.hrtime.bigint() - started) / 1e9),
  log
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    log('ending', signal)
    void service.close()
    // Peers that still hold a connection do not keep the service alive, but for what has to be put back.
    const end = (): void => {
      setTimeout(() => process.exit(0), 500).unref()
    }
    lockDown.close().then(end, (error: unknown) => {
      log('lock-down not put back', error instanceof Error ? error.message : 'unknown')
      end()
    })
  })
}

try {
  await service.listen()
  // Only now it is certain that no other service holds what the journal speaks of.
  await lockDown.recover()
} catch (error) {
  log('refused to start', error instanceof Error ? error.message : 'cannot listen')
  process.exit(1)
}
