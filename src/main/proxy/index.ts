import { toProxySchema, type FromProxy, type ToProxy } from '../../contract/helper/proxy'
import { listenToMain } from '../helper/listen'
import { Proxy } from './proxy'

/** The proxy as a utility process of the desktop. It refuses everything until main sends the first list. */
const port = process.parentPort
const post = (message: FromProxy): void => {
  port.postMessage(message)
}
const refused = (authority: string, count: number): void => post({ kind: 'refused', authority, count })
const tabs = new Proxy({ refused })
const softphone = new Proxy({ refused })

const NOTHING: ToProxy = { kind: 'allow', authorities: [] }

listenToMain(port, (data) => {
  const message = toProxySchema.safeParse(data)
  // A list that cannot be read is no list: nothing stays allowed by an older one.
  const { authorities, softphone: own, wayOut } = message.success ? message.data : NOTHING
  tabs.allow({ authorities, wayOut })
  softphone.allow({ authorities: own?.authorities ?? [], relays: own?.relays, wayOut })
})

void Promise.all([tabs.listen(), softphone.listen()]).then(([tabsPort, softphonePort]) =>
  post({ kind: 'listening', ports: { tabs: tabsPort, softphone: softphonePort } })
)
