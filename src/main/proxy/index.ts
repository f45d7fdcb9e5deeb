import { toProxySchema, type FromProxy } from '../../contract/helper/proxy'
import { listenToMain } from '../helper/listen'
import { Proxy } from './proxy'

/** The proxy as a utility process of the desktop. It refuses everything until main sends the first list. */
const port = process.parentPort
const post = (message: FromProxy): void => {
  port.postMessage(message)
}
const proxy = new Proxy({ refused: (authority, count) => post({ kind: 'refused', authority, count }) })

listenToMain(port, (data) => {
  const message = toProxySchema.safeParse(data)
  // A list that cannot be read is no list: nothing stays allowed by an older one.
  if (message.success) proxy.allow(message.data.authorities, message.data.wayOut)
  else proxy.allow([])
})

void proxy.listen().then((listening) => post({ kind: 'listening', port: listening }))
