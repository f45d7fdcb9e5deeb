import { Proxy } from '../../../src/main/proxy/proxy'

/** The workspace's proxy in a process of its own, as beside the desktop. It is told the list, and tells its port. */
const proxy = new Proxy({
  refused: (authority, count) => {
    throw new Error(`the proxy refused ${authority} ${String(count)} times; the list of this run is wrong`)
  }
})
process.once('message', (authorities: readonly string[]) => {
  proxy.allow({ authorities })
  void proxy.listen().then((port) => process.send?.({ port }))
})
process.once('disconnect', () => process.exit(0))
