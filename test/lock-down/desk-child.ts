import { settingIdSchema } from '../../src/core/lock-down/setting'
import { LockDownLink } from '../../src/device/lock-down-link'

/** A client that holds a lock-down until it is killed. Arguments: the service's socket, the settings. */
const [serviceSocket = '', ...words] = process.argv.slice(2)
const link = new LockDownLink({
  serviceSocket,
  told: (news) => process.stdout.write(`${JSON.stringify(news)}\n`)
})
link.want(words.map((word) => settingIdSchema.parse(word)))
setInterval(() => undefined, 60_000)
