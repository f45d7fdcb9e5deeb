import { FLAVOUR } from '../core/flavour'
import { chooseDevice } from '../device/choose'
import { readConfig } from './config'
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
const service = new Service({
  config: config.value,
  platform,
  knowledge: machineKnowledge(platform, () => Number(process.hrtime.bigint() - started) / 1e9),
  log
})

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.on(signal, () => {
    log('ending', signal)
    void service.close()
    // Peers that still hold a connection do not keep the service alive.
    setTimeout(() => process.exit(0), 500).unref()
  })
}

try {
  await service.listen()
} catch (error) {
  log('refused to start', error instanceof Error ? error.message : 'cannot listen')
  process.exit(1)
}
