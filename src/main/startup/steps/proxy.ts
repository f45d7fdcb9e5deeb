import {
  fromProxySchema,
  type FromProxy,
  type ProxyPorts,
  type ToProxy
} from '../../../contract/helper/proxy'
import { Helper } from '../../helper/helper'
import type { Logger } from '../../log/logger'
import type { Step } from '../sequence'

/** The only way out of the workspace. */
export const proxy = (options: {
  readonly programs: string
  readonly log: Logger
  /** What may be reached; nothing until there is a policy. */
  readonly allowed: () => ToProxy
  readonly listening: (ports: ProxyPorts) => void
  readonly refused: (authority: string, count: number) => void
  readonly died: () => void
}): Step<Helper<ToProxy, FromProxy>> => ({
  name: 'proxy',
  perform: () => {
    const helper: Helper<ToProxy, FromProxy> = new Helper<ToProxy, FromProxy>({
      name: 'proxy',
      programs: options.programs,
      from: fromProxySchema,
      started: () => helper.post(options.allowed()),
      message: (message) => {
        if (message.kind === 'listening') options.listening(message.ports)
        else options.refused(message.authority, message.count)
      },
      died: options.died,
      log: options.log
    })
    helper.start()
    return helper
  },
  revert: (helper) => helper?.stop()
})
